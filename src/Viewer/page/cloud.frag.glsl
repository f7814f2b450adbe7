precision highp float;

flat in vec3 colour;
flat in float roundness;
out vec4 result;

void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  if (roundness > 0.5 && dot(at, at) > 1.25) discard;
  result = vec4(colour, 1.0);
}
