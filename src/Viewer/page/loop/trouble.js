/** Something the person should read. */
export class Trouble extends Error {}
