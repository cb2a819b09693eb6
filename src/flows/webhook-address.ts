/** Where a shop's webhooks deliver, at an address of the service. */
export function webhookAddress( base: string, connection: string ): string {
	return `${ base.replace( /\/$/, '' ) }/webhooks/woocommerce/${ connection }`;
}

/** Where Brightpearl's do. A secret, as its token is: for Brightpearl and for whoever asks for it. */
export function brightpearlWebhookAddress(
	base: string,
	connection: string,
	token: string
): string {
	return `${ base.replace( /\/$/, '' ) }/webhooks/brightpearl/${ connection }/${ token }`;
}
