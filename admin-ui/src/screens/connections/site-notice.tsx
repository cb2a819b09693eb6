/** The shop calls itself another site than before: a person says whether it moved or is a copy. */
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Status } from '../../../../src/contracts/answers.ts';
import { useCommand, useOperation } from '../../api/client.tsx';
import {
	CommandButton,
	Confirm,
	Note,
	notify,
} from '../../components/index.ts';
import { concernsProblems } from '../problems/use-problems.ts';
import { siteProblem, siteQuestion } from './site-problem.ts';

type ConnectionHealth = Status[ 'connections' ][ number ][ 'health' ];
type Answer = 'moved' | 'copy';

export function SiteNotice( {
	connection,
	health,
}: {
	readonly connection: string;
	/** As the status tells it; null = not known yet. */
	readonly health: ConnectionHealth | null;
} ) {
	const list = useOperation(
		'problemsList',
		siteQuestion( connection, health ),
		{ refreshOn: concernsProblems, keep: false }
	);
	const site = useCommand( 'connectionSite' );
	const [ asked, setAsked ] = useState< Answer | null >( null );
	const problem = siteProblem( list.data?.items ?? [], connection );
	if ( problem === null ) {
		return null;
	}
	const run = async ( answer: Answer ): Promise< void > => {
		const result = await site.run( { name: connection, answer } );
		if ( result.ok ) {
			setAsked( null );
			notify(
				answer === 'moved'
					? sprintf(
							/* translators: %s: name of a connection */
							__(
								'%s goes on with the shop where it is now.',
								'pearlbridge'
							),
							connection
						)
					: sprintf(
							/* translators: %s: name of a connection */
							__( '%s rests: it is not live.', 'pearlbridge' ),
							connection
						)
			);
			document
				.querySelector< HTMLElement >( '.pb-heading h1' )
				?.focus( { preventScroll: true } );
		}
		list.reload();
	};
	return (
		<Note status="warning" spoken={ problem.message }>
			<p>
				<strong>
					{ sprintf(
						/* translators: %s: name of a connection */
						__( '%s is paused:', 'pearlbridge' ),
						connection
					) }
				</strong>{ ' ' }
				{ problem.message }
			</p>
			<p>
				{ __(
					'A moved shop goes on; a copy, for testing say, must not send its orders. Only you know which it is.',
					'pearlbridge'
				) }
			</p>
			<div className="pb-row">
				<CommandButton
					size="compact"
					onClick={ () => setAsked( 'moved' ) }
				>
					{ __( 'The shop has moved', 'pearlbridge' ) }
				</CommandButton>
				<CommandButton
					size="compact"
					onClick={ () => setAsked( 'copy' ) }
				>
					{ __( 'This is a copy', 'pearlbridge' ) }
				</CommandButton>
			</div>
			{ asked !== null && (
				<Confirm
					title={
						asked === 'moved'
							? __( 'Has the shop moved?', 'pearlbridge' )
							: __( 'Is this a copy?', 'pearlbridge' )
					}
					action={
						asked === 'moved'
							? __( 'Go on with this shop', 'pearlbridge' )
							: __( 'Let the connection rest', 'pearlbridge' )
					}
					busy={ site.busy }
					error={ site.error }
					onConfirm={ () => void run( asked ) }
					onClose={ () => {
						site.reset();
						setAsked( null );
					} }
				>
					<p>
						{ asked === 'moved'
							? __(
									'This is the shop at its new address, with all orders that were pushed. What waited goes on at once, with the same references in Brightpearl.',
									'pearlbridge'
								)
							: __(
									'Nothing of it reaches Brightpearl, and no stock is written to it: the connection is taken out of going live. What is in Brightpearl stays.',
									'pearlbridge'
								) }
					</p>
				</Confirm>
			) }
		</Note>
	);
}
