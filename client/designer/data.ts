// What the server embeds in the page, and the words of the designer.
import type { Mapping, Plain } from "./model";

export interface Type {
  kind: string;
  multiple: boolean;
  of: string;
  title: string;
}

export interface Param {
  name: string;
  title: string;
  help: string;
  kind: string;
  type?: Type;
  required: boolean;
  default: unknown;
  choices: [string, string][];
}

/** One line of the palette: a block, or a construct, which has a `word`. `cannot` says why it is greyed. */
export interface Kind {
  name: string;
  word?: string;
  title: string;
  group: string;
  group_title: string;
  summary: string;
  help: string;
  picture: string;
  tone: string;
  waits: boolean;
  params: Param[];
  results: Record<string, Type>;
  cannot: string;
  successor: string;
}

export interface Field {
  name: string;
  title: string;
  type: Type;
  options?: [string, string][];
  writable?: boolean;
}

/** A way to start that a kind of record offers by words of its own, as a definition writes it. */
export interface Offer {
  name: string;
  title: string;
  trigger: Plain;
}

export interface Values {
  records: Record<string, { title: string; fields: Field[]; offers?: Offer[] }>;
  shared: Record<string, Field[]>;
  definitions: Record<string, string>;
  names: Record<string, string>;
}

export interface Problem {
  code: string;
  path: string;
  sentence: string;
  hint: string;
  advice: boolean;
}

/** One of «my blocks». */
export interface Kept {
  id: number;
  title: string;
  steps: Mapping[];
}

export interface Data {
  id: number;
  source: Mapping;
  unreadable: boolean;
  notation: "tree" | "stages";
  revision: string;
  published: boolean;
  version: number;
  by: string;
  at: string;
  palette: Kind[];
  values: Values;
  words: Record<string, string>;
  kept: Kept[];
  /** How many comments the text has that drawing leaves out. */
  comments: number;
  functions: { name: string; usage: string; about: string }[];
  urls: Record<string, string>;
}

export function read(): Data {
  const data: Data = JSON.parse(document.getElementById("designer-data")!.textContent!);
  learn(data.words);
  return data;
}

let words: Record<string, string> = {};

/** Take the words of a page over; several pictures on a page bring the same. */
export function learn(said: Record<string, string>): void {
  words = { ...words, ...said };
}

/** Say something: `say("added", { title })`. A name without a sentence is its own, so that nothing is lost. */
export function say(name: string, given: Record<string, string | number> = {}): string {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key: string) => String(given[key] ?? whole));
}

export const knows = (name: string): boolean => name in words;
