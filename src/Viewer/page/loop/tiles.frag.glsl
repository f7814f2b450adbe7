precision highp float;
precision highp sampler2DArray;
// Premultiplied texels, filtered bilinearly; blending adds them over what lies behind. Where the pixel's ray meets the plane comes out the same to the last
// bit for all quads of a plane, so every pixel belongs to one of them: there are no cracks between quads, and no pixel is drawn twice.
flat in vec4 own;
flat in vec4 plane;
flat in vec3 look;
uniform mat3 rayFromPixel;
uniform sampler2DArray now;
uniform vec3 nowAt; // 1 / size of the page, layer
#ifdef BLEND
uniform sampler2DArray after;
uniform vec2 afterAt; // layer of the next frame, share of it
#endif
out vec4 colour;

void main() {
  vec3 ray = rayFromPixel * vec3(gl_FragCoord.xy, 1.0);
  vec2 at = plane.xy + plane.zw * (ray.xy / ray.z);
  if (any(lessThan(at, own.xy)) || any(greaterThanEqual(at, own.zw))) discard;
  vec2 texel = (at + look.xy) * nowAt.xy;
  colour = texture(now, vec3(texel, nowAt.z));
#ifdef BLEND
  colour = mix(colour, texture(after, vec3(texel, afterAt.x)), afterAt.y);
#endif
  if (look.z >= 0.0) colour = vec4(look.z);
}
