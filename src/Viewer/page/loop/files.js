import { Trouble } from './trouble.js';

/** Names inside a package: relative, downwards, without anything that an address gives a meaning to. */
const NAME = /^(?!\.)[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

function checked(name) {
  if (typeof name !== 'string' || !NAME.test(name)) throw new Trouble(`The loop names a file that cannot be: ${String(name).slice(0, 80)}`);
  return name;
}

/** Files of a package on a web server. */
export class HostedFiles {
  /** @param folder address of the folder, ending in a slash */
  constructor(folder) { this.folder = folder; }

  async read(name) {
    const address = new URL(checked(name), this.folder);
    let answer;
    try {
      answer = await fetch(address);
    } catch {
      throw new Trouble(this.folder.startsWith('file:')
        ? 'Browsers do not let a page read the files beside it from a disk.\nOpen loop.html instead, which holds everything, or give the folder to a web server: python3 -m http.server'
        : `${name} cannot be fetched. Is the server still there?`);
    }
    if (!answer.ok) throw new Trouble(`${name}: the server answers ${answer.status}.`);
    return answer.blob();
  }
}

/** Files of a package that stand in the page itself, as Base64. */
export class EnclosedFiles {
  constructor(contents) { this.contents = contents; }

  async read(name) {
    const text = Object.hasOwn(this.contents, checked(name)) ? this.contents[name] : undefined;
    if (text === undefined) throw new Trouble(`${name} is missing in this page.`);
    return new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]);
  }
}
