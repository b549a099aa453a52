import TileGrid from '@/components/bench/TileGrid';
import type { Conflict, ReviewTask } from '../api/reviews';
import type { Decided } from '../work/proposal';
import { pickedSoFar } from '../work/picks';

/** The images to pick among: who picked which, what it comes to, and the one in question. */
export default function ReviewTiles(props: {
  task: ReviewTask;
  conflict: Conflict | undefined;
  decided: Decided;
}) {
  const { task, conflict, decided } = props;
  const pickers = (tile: string) => {
    const versions = task.versions.filter(({ accept }) => accept.includes(tile));
    const place = task.images.findIndex(({ id }) => id === tile);
    const letters = versions.map(({ key }) => key).join(' ');
    return letters === '' ? place + 1 : `${place + 1} · ${letters}`;
  };
  return (
    <TileGrid
      question={task.question}
      images={task.images}
      picked={pickedSoFar(task, decided)}
      marked={conflict?.option == null ? undefined : String(conflict.option)}
      note={pickers}
    />
  );
}
