#version 300 es
precision highp float;
// One quad of one plane, a little larger than it is: which pixels are its own is found out for each. Positions are in the reference camera's frame:
// x right, y down, z forward.
layout(location = 0) in vec2 corner;
layout(location = 1) in vec4 rect;   // x0 y0 x1 y1, texels of the plane
layout(location = 2) in vec4 place;  // depth, shift to the atlas page's texels (2), kind
layout(location = 3) in float apart; // depth of the plane where planes are taken apart
uniform vec4 lens;                   // fx fy cx cy of the texel grid
uniform mat4 clipFromReference;
uniform float spread;                // 0: where they are, 1: taken apart
uniform float flatDepth;             // planes taken apart are all as large as one at this depth
uniform float margin;                // texels
flat out vec4 own;
flat out vec4 plane;                 // depth, depth that its size is of, shift
flat out float kind;

void main() {
  plane = vec4(mix(place.x, apart, spread), mix(place.x, flatDepth, spread), place.yz);
  own = rect;
  kind = place.w;
  vec2 at = mix(rect.xy - margin, rect.zw + margin, corner);
  vec4 position = clipFromReference * vec4((at - lens.zw) / lens.xy * plane.y, plane.x, 1.0);
  gl_Position = vec4(position.xy, 0.0, position.w); // order is by drawing, depth is not tested
}
