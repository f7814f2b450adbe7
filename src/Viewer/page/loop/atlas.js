import { Trouble } from './trouble.js';

/**
 * One atlas in the card's memory, a layer per frame. What is larger than a texture may be is split: by slots over several pages, by frames over several
 * arrays of a page.
 */
export class Atlas {
  /** @param limits { side, layers } of a texture */
  constructor(gl, atlas, premultiplied, limits) {
    Object.assign(this, { gl, atlas, premultiplied });
    const most = Math.floor(limits.side / atlas.side);
    if (most < 1) throw new Trouble(`The tiles are larger than a texture may be here, ${limits.side}.`);
    this.pageColumns = Math.min(atlas.columns, most);
    this.pageRows = Math.min(atlas.rows, most);
    this.layers = Math.min(atlas.frames, limits.layers);
    this.across = Math.max(1, Math.ceil(atlas.columns / this.pageColumns));
    this.pages = Array.from({ length: atlas.columns * atlas.rows === 0 ? 0 : this.across * Math.ceil(atlas.rows / this.pageRows) }, (_, i) => this.makePage(i));
  }

  makePage(index) {
    const { gl, atlas } = this;
    const column = (index % this.across) * this.pageColumns, row = Math.floor(index / this.across) * this.pageRows;
    const width = Math.min(this.pageColumns, atlas.columns - column) * atlas.side, height = Math.min(this.pageRows, atlas.rows - row) * atlas.side;
    const arrays = Array.from({ length: Math.ceil(atlas.frames / this.layers) }, (_, i) =>
      makeArray(gl, width, height, Math.min(this.layers, atlas.frames - i * this.layers)));
    return { x: column * atlas.side, y: row * atlas.side, width, height, arrays };
  }

  /** Where a slot's texels begin: page, and position in it. */
  place(slot) {
    const column = slot % this.atlas.columns, row = Math.floor(slot / this.atlas.columns);
    const page = Math.floor(row / this.pageRows) * this.across + Math.floor(column / this.pageColumns);
    return { page, x: column * this.atlas.side - this.pages[page].x, y: row * this.atlas.side - this.pages[page].y };
  }

  /** @returns { texture, layer } of a page at a frame */
  at(page, frame) {
    const index = this.atlas.frames === 1 ? 0 : frame;
    return { texture: this.pages[page].arrays[Math.floor(index / this.layers)], layer: index % this.layers };
  }

  /** @param picture a Blob of an image file */
  async upload(frame, picture, name) {
    const options = { premultiplyAlpha: this.premultiplied ? 'none' : 'premultiply', colorSpaceConversion: 'none' };
    for (const [i, page] of this.pages.entries()) {
      let bitmap;
      try {
        bitmap = this.pages.length === 1 ? await createImageBitmap(picture, options) : await createImageBitmap(picture, page.x, page.y, page.width, page.height, options);
      } catch {
        throw new Trouble(`${name} is damaged.`);
      }
      if (bitmap.width < page.width || bitmap.height < page.height) throw new Trouble(`${name} has ${bitmap.width}x${bitmap.height} texels, ${page.width}x${page.height} were expected.`);
      this.put(this.at(i, frame), page, bitmap);
      bitmap.close();
    }
  }

  put({ texture, layer }, page, bitmap) {
    const { gl } = this;
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
    gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, layer, page.width, page.height, 1, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
  }

  get bytes() { return this.pages.reduce((sum, p) => sum + 4 * p.width * p.height * this.atlas.frames, 0); }
}

function makeArray(gl, width, height, layers) {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
  gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, gl.RGBA8, width, height, layers);
  if (gl.getError() === gl.OUT_OF_MEMORY) throw new Trouble('This loop is larger than the graphics memory here.');
  for (const [name, value] of [[gl.TEXTURE_MIN_FILTER, gl.LINEAR], [gl.TEXTURE_MAG_FILTER, gl.LINEAR], [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE], [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE]])
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, name, value);
  return texture;
}
