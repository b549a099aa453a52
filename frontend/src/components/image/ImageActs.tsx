import type { OwnImage } from '@/lib/images';
import { Replace } from './Replace';
import { TakeDown } from './TakeDown';

/** What a manager can do to one image; `onGone` when it is here no more. */
export default function ImageActs(props: { image: OwnImage; onGone: () => void }) {
  const { image, onGone } = props;
  return (
    <>
      <Replace image={image} onGone={onGone} />
      <TakeDown image={image.id} onGone={onGone} />
    </>
  );
}
