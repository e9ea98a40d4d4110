// What the source of a definition says of its stages, as the table and the picture need it. The source is the same
// mapping that the text of a definition is; nothing here changes it.

import { isList, isMapping, type Mapping, type Plain } from "../model";

export interface Lead {
  from: string;
  to: string;
  title: string;
  kind: "result" | "then" | "command" | "timer" | "step";
}

export const mapping = (plain: Plain | undefined): Mapping => (isMapping(plain) ? plain : {});
export const list = (plain: Plain | undefined): readonly Plain[] =>
  isList(plain) ? plain : plain === undefined || plain === null || plain === "" ? [] : [plain];
export const text = (plain: Plain | undefined): string =>
  typeof plain === "string" || typeof plain === "number" ? String(plain) : "";

export const stagesOf = (source: Mapping): [string, Mapping][] =>
  Object.entries(mapping(source.stages)).map(([id, stage]) => [id, mapping(stage)]);

export const titleOf = (id: string, stage: Mapping): string => text(stage.title) || id;

/** All ways out of a stage: its results first, as they are written. */
export function leadsOf(id: string, stage: Mapping): Lead[] {
  const found: Lead[] = Object.entries(mapping(stage.results)).map(([name, result]) => ({
    from: id,
    to: text(mapping(result).to),
    title: text(mapping(result).title) || name,
    kind: "result",
  }));
  if (text(stage.then)) found.push({ from: id, to: text(stage.then), title: "", kind: "then" });
  for (const each of list(stage.on)) found.push(...happening(id, mapping(each)));
  for (const to of gone([stage.enter ?? null, stage.leave ?? null]))
    found.push({ from: id, to, title: "", kind: "step" });
  return found;
}

function happening(from: string, event: Mapping): Lead[] {
  const title = text(event.title) || text(event.command);
  const kind = event.command === undefined ? "timer" : "command";
  const direct = text(event.go);
  return (direct ? [direct] : gone(event.do ?? null)).map((to) => ({ from, to, title, kind }));
}

/** The stages that steps go to, however deep. */
function gone(plain: Plain): string[] {
  if (isList(plain)) return plain.flatMap(gone);
  if (!isMapping(plain)) return [];
  return Object.entries(plain).flatMap(([key, inner]) =>
    key === "go" && typeof inner === "string" ? [inner] : key === "with" ? [] : gone(inner),
  );
}

const UNITS: Record<string, string> = {
  minute: "minute",
  hour: "hour",
  day: "day",
  week: "week",
  month: "month",
  year: "year",
};

/** Say how long a pause lasts in the reader's language; what is a formula stays as it is. */
export function lasts(pause: Plain | undefined, language = document.documentElement.lang): string {
  const given = text(mapping(pause).for) || text(pause);
  const found = /^(\d+)\s+([a-z]+?)s?$/.exec(given);
  const unit = found && UNITS[found[2]!];
  if (!unit) return given;
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(
    Number(found[1]),
  );
}

/** Whether a stage goes on without anybody's work. */
export const isGone = (stage: Mapping): boolean =>
  !stage.results && (text(stage.then) !== "" || stage.on !== undefined);
