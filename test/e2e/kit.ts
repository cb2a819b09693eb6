/**
 * A scene: both sandboxes, a connection between them and the service, each a process of its
 * own, and what the scenarios ask of them again and again.
 */
export { ask, eventually } from './harness.ts';
export {
	creditsOf,
	doubled,
	expectedRows,
	expectInPlainWords,
	midnightIn,
	pence,
	salesOf,
} from './kit/facts.ts';
export { openScene } from './kit/scene.ts';
export type { Scene } from './kit/scene-port.ts';
export {
	CONNECTION,
	gbSettings,
	goLiveNow,
	pause,
	PREFIX,
	RECORDED,
} from './kit/settings.ts';
export type {
	LoggedRequest,
	SandboxAccount,
	SoldOrder,
	WooOrder,
} from './kit/shapes.ts';
export { openStage, type Stage } from './kit/stage.ts';
