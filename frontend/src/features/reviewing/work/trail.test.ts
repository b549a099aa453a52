import { expect, test } from 'vitest';
import { Trail } from './trail';
import type { Act } from './trail';

const act = (task: string, conflict: string | null, end: Act['end'] = null): Act => ({
  ...{ task, conflict, end },
  decisions: [{ conflict, action: end === 'sent_back' ? 'send_back' : 'accept' }],
});

const walked = (trail: Trail) => {
  const names: string[] = [];
  for (let each = trail.undo(); each; each = trail.undo()) {
    names.push(`${each.task} ${String(each.conflict)} ${String(each.end)}`);
  }
  return names;
};

function trailOf(...acts: Act[]): Trail {
  const trail = new Trail();
  for (const each of acts) trail.add(each);
  return trail;
}

test('the way back leads over tasks that were closed and sent back, in one line', () => {
  const trail = trailOf(act('a', '1'), act('a', '2', 'sent_back'), act('b', '3', 'closed'));
  expect(walked(trail)).toEqual(['b 3 closed', 'a 2 sent_back', 'a 1 null']);
});

test('a new act ends what could have been done again', () => {
  const trail = trailOf(act('a', '1'));
  trail.undo();
  expect(trail.canRedo).toBe(true);
  trail.add(act('a', '2'));
  expect(trail.redo()).toBeUndefined();
});

test('what cannot be taken back any more is left out, and the rest stays', () => {
  const trail = trailOf(act('a', '1'), act('b', '2'), act('a', '3', 'sent_back'));
  trail.forget('a');
  expect(walked(trail)).toEqual(['b 2 null']);
});

test('conflicts that have new names keep their acts; a send back that failed is none', () => {
  const trail = trailOf(
    ...[act('a', '1'), act('a', 'gone'), act('b', '1')],
    ...[act('a', '2', 'closed'), act('a', '3', 'sent_back'), act('a', null, 'closed')],
  );
  const names = new Map([
    ['1', 'one'],
    ['2', 'two'],
    ['3', 'three'],
  ]);
  trail.rename('a', names);
  expect(walked(trail)).toEqual(['a two null', 'b 1 null', 'a one null']);
});
