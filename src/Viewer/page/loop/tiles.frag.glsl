#version 300 es
precision highp float;
precision highp sampler2DArray;
// Premultiplied texels, filtered bilinearly; blending adds them over what lies behind. Where the pixel's ray meets the plane comes out the same to the last
// bit for all quads of a plane, so every pixel belongs to one of them: there are no cracks between quads, and no pixel is drawn twice.
flat in vec4 own;
flat in vec4 plane;
flat in float kind; // 0 still, 1 moves, 2 the frame of a plane
uniform vec4 lens;
uniform mat3 rayFromPixel;
uniform vec3 centre;
uniform sampler2DArray still, now, after;
uniform vec2 layers;  // of the frame shown and the next one
uniform float spread;
uniform float towards; // share of the next one
out vec4 colour;

const float FRAME = 0.35;

void main() {
  vec3 ray = rayFromPixel * vec3(gl_FragCoord.xy, 1.0);
  vec2 point = centre.xy + ray.xy * ((plane.x - centre.z) / ray.z);
  vec2 at = lens.zw + lens.xy * point / plane.y;
  if (any(lessThan(at, own.xy)) || any(greaterThanEqual(at, own.zw))) discard;
  if (kind > 1.5) {
    colour = vec4(FRAME * spread);
    return;
  }
  at += plane.zw;
  if (kind < 0.5) {
    colour = texture(still, vec3(at / vec2(textureSize(still, 0).xy), 0.0));
    return;
  }
  at /= vec2(textureSize(now, 0).xy);
  colour = texture(now, vec3(at, layers.x));
  if (towards > 0.0) colour = mix(colour, texture(after, vec3(at, layers.y)), towards);
}
