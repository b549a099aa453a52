import { useEffect, useRef } from 'react';
import type { PointerEvent } from 'react';
import { imagePoint } from '../canvas';
import type { Editor } from '../canvas';
import { preloadImage } from './images';
import type { ImageAddresses } from './images';
import classes from './Minimap.module.css';
import { useEditorValue } from './useEditorValue';

/** So many times closer than the whole image one loses one's way. */
const SHOWN_OVER = 3;
/** Longest side, CSS px. */
const SIDE = 160;

interface Props {
  readonly editor: Editor;
  readonly image: ImageAddresses;
}

/** The whole image in a corner, and what of it is in sight; a press goes there. */
export function Minimap(props: Props) {
  const shown = useEditorValue(
    props.editor,
    ({ look, viewport }) => look.minimap && viewport.zoom > SHOWN_OVER * viewport.fitted().zoom,
  );
  return shown && <Overview {...props} />;
}

function Overview({ editor, image: { url, level } }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = editor.image;
  const scale = SIDE / Math.max(width, height);
  const size = { width: width * scale, height: height * scale };
  useEffect(() => {
    let wanted = true;
    const paint = (bitmap: ImageBitmap) => {
      if (wanted && canvas.current) paintWhole(canvas.current, bitmap);
    };
    // Where the image cannot be had the page says so; here the frame alone is of use.
    preloadImage({ url, level }).then(paint, () => undefined);
    return () => {
      wanted = false;
    };
  }, [url, level]);

  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons === 0) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const at = imagePoint((event.clientX - left) / scale, (event.clientY - top) / scale);
    editor.view.centreOn(at);
  };
  return (
    <div
      className={classes.map}
      style={size}
      aria-hidden
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
    >
      <canvas ref={canvas} style={size} data-layer="map" />
      <Sight editor={editor} scale={scale} />
    </div>
  );
}

function Sight({ editor, scale }: { editor: Editor; scale: number }) {
  const viewport = useEditorValue(editor, (state) => state.viewport);
  const { x, y, width, height } = viewport.visible();
  const style = { left: x * scale, top: y * scale, width: width * scale, height: height * scale };
  return <div className={classes.sight} style={style} />;
}

function paintWhole(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  canvas.width = canvas.clientWidth * window.devicePixelRatio;
  canvas.height = canvas.clientHeight * window.devicePixelRatio;
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
}
