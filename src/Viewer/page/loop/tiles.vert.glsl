#version 300 es
precision highp float;
// One quad of one plane, a little larger than it is: which pixels are its own is found out for each. Positions are in the reference camera's frame:
// x right, y down, z forward.
layout(location = 0) in vec2 corner;
layout(location = 1) in vec4 rect;   // x0 y0 x1 y1, texels of the plane
layout(location = 2) in vec4 place;  // depth, shift to the atlas page's texels (2), 1 for the frame of a plane
layout(location = 3) in float apart; // depth of the plane where planes are taken apart
uniform vec4 lens;                   // fx fy cx cy of the texel grid
uniform mat4 clipFromReference;
uniform vec3 centre;                 // of the eye
uniform float spread;                // 0: where they are, 1: taken apart
uniform float flatDepth;             // planes taken apart are all as large as one at this depth
uniform float margin;                // texels
flat out vec4 own;
flat out vec4 plane;                 // texel = plane.xy + plane.zw * (direction of the ray at depth 1)
flat out vec3 look;                  // shift, brightness of a frame or -1

void main() {
  float depth = mix(place.x, apart, spread), size = mix(place.x, flatDepth, spread);
  plane = vec4(lens.zw + lens.xy * centre.xy / size, lens.xy * (depth - centre.z) / size);
  own = rect;
  look = vec3(place.yz, place.w > 0.5 ? 0.2 * spread : -1.0);
  vec2 at = mix(rect.xy - margin, rect.zw + margin, corner);
  vec4 position = clipFromReference * vec4((at - lens.zw) / lens.xy * size, depth, 1.0);
  gl_Position = place.w > 0.5 && spread == 0.0 ? vec4(2.0, 2.0, 0.0, 1.0) : vec4(position.xy, 0.0, position.w); // order is by drawing, depth is not tested
}
