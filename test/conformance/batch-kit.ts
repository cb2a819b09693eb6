/**
 * Sending multi-messages and reading their answers (platform reference, §1.6).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply } from './case.ts';
import { at, list, readOrder, response } from './order-kit.ts';

export interface Message {
	readonly label: string;
	readonly uri: string;
	readonly httpMethod: string;
	readonly body: unknown;
}

export const note = (
	label: string,
	orderId: number,
	text = label
): Message => ( {
	label,
	uri: `/order-service/order/${ orderId }/note`,
	httpMethod: 'POST',
	body: text === '' ? {} : { text },
} );

export const send = (
	api: Api,
	messages: readonly Message[],
	processingMode = 'SEQUENTIAL',
	onFail = 'CONTINUE'
): Promise< ApiReply > =>
	api.post( '/multi-message', { processingMode, onFail, messages } );

export interface Processed {
	readonly label: string;
	readonly statusCode: number;
	readonly content: unknown;
}

export const processed = ( reply: ApiReply ): readonly Processed[] =>
	list( response( reply, 'processedMessages' ) ).map( ( message ) => {
		const content = at( message, 'body', 'content' );
		assert.equal( typeof content, 'string' );
		return {
			label: String( at( message, 'label' ) ),
			statusCode: Number( at( message, 'statusCode' ) ),
			content: JSON.parse( String( content ) ) as unknown,
		};
	} );

export const versionOf = async (
	api: Api,
	orderId: number
): Promise< unknown > => at( await readOrder( api, orderId ), 'version' );
