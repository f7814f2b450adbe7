// One vertex per pixel of the frame: its place comes from its depth code, its size from the surface it lies on.
precision highp float;
precision highp int;
precision highp usampler2D;

uniform usampler2D codes;
uniform sampler2D pixels, palette;
uniform mat4 modelViewMatrix, projectionMatrix;
uniform ivec2 grid;
uniform vec4 lens;          // fx, fy, cx, cy of the grid
uniform vec2 depthOfCode;   // depth of code 1; ln(far / near) per code
uniform vec2 colourRange;   // inverse depth of the first colour; 1 / (last - first)
uniform vec3 eye;           // where it is seen from, in the source camera's coordinates
uniform float pixelsPerUnit, pointSize;
uniform int colouring, moving;

flat out vec3 colour;
flat out float roundness;

const int MOVING = 1, EDGE = 2;
const float MOST_PIXELS = 96.0, ROUND_FROM_PIXELS = 5.0, LEAST_TURN = 0.2, MOST_TURN = 12.0;
// Half would give a disc the right area; surfaces open in one direction only, and more closes the rows between.
const float OPENING = 0.7;
const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);

float inverseDepth(ivec2 at) {
  uint code = texelFetch(codes, clamp(at, ivec2(0), grid - 1), 0).r;
  return code == 0u ? 0.0 : exp(-depthOfCode.y * float(code - 1u)) / depthOfCode.x;
}

// The smaller of the slopes to either side, which keeps edges out.
float slope(ivec2 at, ivec2 along, float here) {
  float before = inverseDepth(at - along), after = inverseDepth(at + along);
  float a = here - before, b = after - here;
  bool noA = before == 0.0 || any(lessThan(at - along, ivec2(0))), noB = after == 0.0 || any(greaterThanEqual(at + along, grid));
  return noA ? (noB ? 0.0 : b) : noB || abs(a) < abs(b) ? a : b;
}

// The plane through a point and its neighbours as n with n . x = 1: inverse depth is linear on it, and its slopes are n.
vec3 plane(ivec2 at, vec2 ray, float here) {
  vec2 n = vec2(slope(at, ivec2(1, 0), here), slope(at, ivec2(0, 1), here)) * lens.xy;
  return vec3(n, here - dot(n, ray));
}

// What the source camera saw so aslant that little is known of it is drawn only from where it looks much the same.
// How much larger the pixel's part of the surface looks from the eye than from the source camera, as an area at equal distance.
float turned(vec3 n, vec3 point) {
  return abs(1.0 - dot(n, eye)) * length(point) / max(distance(point, eye), 1e-6 * point.z);
}

void main() {
  ivec2 at = ivec2(gl_VertexID % grid.x, gl_VertexID / grid.x);
  vec4 pixel = texelFetch(pixels, at, 0);
  int flags = int(pixel.a * 255.0 + 0.5);
  bool moves = (flags & MOVING) != 0;
  float here = inverseDepth(at);
  gl_Position = NOWHERE;
  gl_PointSize = 1.0;
  colour = vec3(0.0);
  roundness = 0.0;
  if (here == 0.0 || (flags & EDGE) != 0 || (moving == 2 && moves) || (moving == 3 && !moves)) return;

  vec2 ray = (vec2(at) - lens.zw) / lens.xy;
  vec3 point = vec3(ray, 1.0) / here;
  vec4 seen = modelViewMatrix * vec4(point, 1.0);
  if (seen.z > -1e-6) return;
  float turn = turned(plane(at, ray, here), point);
  if (turn > MOST_TURN) return;
  gl_Position = projectionMatrix * seen;
  float size = pointSize * point.z / lens.x * pow(max(turn, LEAST_TURN), OPENING) * pixelsPerUnit / -seen.z;
  gl_PointSize = clamp(size, 1.0, MOST_PIXELS);
  roundness = size > ROUND_FROM_PIXELS ? 1.0 : 0.0;
  colour = pixel.rgb;
  if (colouring == 1) colour = texelFetch(palette, ivec2(clamp((here - colourRange.x) * colourRange.y, 0.0, 1.0) * 255.0 + 0.5, 0), 0).rgb;
  if (moving == 1 && moves) colour = mix(colour, vec3(1.0, 0.18, 0.12), 0.55);
}
