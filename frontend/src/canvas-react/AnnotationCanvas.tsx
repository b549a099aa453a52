import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import { isAdjusted } from '../canvas';
import type { Editor } from '../canvas';
import { CanvasStage } from './CanvasStage';
import { Adjustments } from './Adjustments';
import { HintNote } from './HintNote';
import { useEditorValue } from './useEditorValue';
import type { ImageAddresses } from './images';
import { attachInput } from './input';
import { Minimap } from './Minimap';
import { SharpnessNote } from './SharpnessNote';
import { showWhenDecoded } from './showing';
import type { Sharpness } from './showing';

export interface AnnotationCanvasProps {
  readonly editor: Editor;
  readonly image: ImageAddresses;
  /** What the canvas is called by screen readers. */
  readonly label: string;
  /** The image is on the screen. */
  readonly onReady?: (() => void) | undefined;
  /** False where it stands beside what is being typed: keys then work after a click only. */
  readonly takesFocus?: boolean;
  /** The image could not be fetched or decoded. The shapes are shown without it. */
  readonly onError?: ((error: Error) => void) | undefined;
}

const PLACE: CSSProperties = { position: 'relative', width: '100%', height: '100%' };
const FRAME: CSSProperties = {
  position: 'absolute',
  inset: 0,
  overflow: 'hidden',
  touchAction: 'none',
  userSelect: 'none',
};
/** How large it is and where is up to the renderer, which moves it. */
const LAYER: CSSProperties = {
  position: 'absolute',
  top: 0,
  left: 0,
  willChange: 'transform',
  pointerEvents: 'none',
};

/**
 * Shows an editor over its image and feeds it pointer, wheel and keys. It fills its parent. When
 * editor and image change, the old ones stay until the new image is decoded; nothing flashes.
 */
export function AnnotationCanvas(props: AnnotationCanvasProps) {
  const { editor, image, label, takesFocus = true, onReady, onError } = props;
  const filter = useId();
  const adjusted = useEditorValue(editor, (state) => isAdjusted(state.look));
  const frame = useRef<HTMLDivElement>(null);
  const layers = useRef<(HTMLCanvasElement | null)[]>([]);
  const stage = useRef<CanvasStage | null>(null);
  const { url, level } = image;
  const [sharpness, setSharpness] = useState<Sharpness>('sharp');
  const news = useRef({ onReady, onError });

  useLayoutEffect(() => {
    news.current = { onReady, onError };
  });

  useLayoutEffect(() => {
    const [pixels, shapes, active] = layers.current;
    if (!frame.current || !pixels || !shapes || !active) return undefined;
    const made = new CanvasStage(frame.current, { image: pixels, shapes, active });
    const detach = attachInput(made);
    stage.current = made;
    return () => {
      detach();
      made.dispose();
      stage.current = null;
    };
  }, []);

  useLayoutEffect(
    () =>
      showWhenDecoded(
        stage.current,
        editor,
        { url, level },
        {
          ready: () => news.current.onReady?.(),
          failed: (error) => news.current.onError?.(error),
          sharpness: setSharpness,
        },
      ),
    [editor, url, level],
  );

  // Keys work without a click first.
  useEffect(() => {
    if (takesFocus) frame.current?.focus({ preventScroll: true });
  }, [takesFocus]);

  return (
    <div style={PLACE}>
      <div ref={frame} role="application" aria-label={label} tabIndex={0} style={FRAME}>
        {['image', 'shapes', 'active'].map((name, position) => (
          <canvas
            key={name}
            ref={(element) => {
              layers.current[position] = element;
            }}
            style={adjusted && name === 'image' ? { ...LAYER, filter: `url(#${filter})` } : LAYER}
            aria-hidden="true"
            data-layer={name}
          />
        ))}
      </div>
      {adjusted && <Adjustments editor={editor} id={filter} />}
      <Minimap editor={editor} image={image} />
      <SharpnessNote sharpness={sharpness} />
      <HintNote editor={editor} />
    </div>
  );
}
