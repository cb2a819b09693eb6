/** What states are called on screens, and how much they matter. */
import { __ } from '@wordpress/i18n';
import type { OrderState, Status } from '../../../src/contracts/answers.ts';

/** How much something matters; colour is only one of its signs. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'error';

export interface Label {
	readonly text: string;
	readonly tone: Tone;
}

export function orderStateLabel( state: OrderState ): Label {
	switch ( state ) {
		case 'queued':
			return { text: __( 'Queued', 'pearlbridge' ), tone: 'info' };
		case 'working':
			return { text: __( 'Working', 'pearlbridge' ), tone: 'info' };
		case 'retrying':
			return { text: __( 'Retrying', 'pearlbridge' ), tone: 'warning' };
		case 'synced':
			return { text: __( 'Synced', 'pearlbridge' ), tone: 'success' };
		case 'problem':
			return { text: __( 'Problem', 'pearlbridge' ), tone: 'error' };
		case 'held':
			return { text: __( 'Held', 'pearlbridge' ), tone: 'warning' };
		case 'ignored':
			return { text: __( 'Ignored', 'pearlbridge' ), tone: 'neutral' };
		case 'not-due':
			return { text: __( 'Not due', 'pearlbridge' ), tone: 'neutral' };
	}
}

export type Health = Status[ 'connections' ][ number ][ 'health' ];

export function healthLabel( health: Health ): Label {
	switch ( health ) {
		case 'ok':
			return { text: __( 'Healthy', 'pearlbridge' ), tone: 'success' };
		case 'degraded':
			return {
				text: __( 'Needs attention', 'pearlbridge' ),
				tone: 'warning',
			};
		case 'down':
			return { text: __( 'Down', 'pearlbridge' ), tone: 'error' };
		case 'paused':
			return { text: __( 'Paused', 'pearlbridge' ), tone: 'neutral' };
	}
}

/** Of stock runs, as `stockRunSchema` and the overview's `stock.state` have them. */
export function runStateLabel( state: string ): Label {
	switch ( state ) {
		case 'done':
			return { text: __( 'Done', 'pearlbridge' ), tone: 'success' };
		case 'partial':
			return {
				text: __( 'Partly done', 'pearlbridge' ),
				tone: 'warning',
			};
		case 'waiting-approval':
			return {
				text: __( 'Waits for approval', 'pearlbridge' ),
				tone: 'warning',
			};
		case 'failed':
			return { text: __( 'Failed', 'pearlbridge' ), tone: 'error' };
		case 'running':
			return { text: __( 'Running', 'pearlbridge' ), tone: 'info' };
		default:
			return { text: state, tone: 'neutral' };
	}
}
