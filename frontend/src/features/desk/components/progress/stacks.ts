interface Row {
  user: { id: string | null; name: string };
  answers: readonly number[];
}

/** What one person, or all the others (`name` null), answered on each day. */
export interface Stack {
  name: string | null;
  answers: number[];
}

/** The `most` people who answered most, who come first in `people`, and the others as one. */
export function stacks(people: readonly Row[], days: number, most: number): Stack[] {
  const active = people.filter(({ answers }) => answers.some((count) => count > 0));
  const first = active.slice(0, most).map(({ user, answers }) => ({
    name: user.name,
    answers: [...answers],
  }));
  const rest = active.slice(most);
  if (rest.length === 0) return first;
  const others = Array.from({ length: days }, (_, n) =>
    rest.reduce((sum, { answers }) => sum + (answers[n] ?? 0), 0),
  );
  return [...first, { name: null, answers: others }];
}
