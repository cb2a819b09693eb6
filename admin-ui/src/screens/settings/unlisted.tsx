import { __ } from '@wordpress/i18n';
import { useHost } from '../../api/client.tsx';
import { CommandButton, Link, Note } from '../../components/index.ts';
import { connectionTarget } from './address.ts';
import type { ChoicesState } from './form.tsx';

/** Which lists could not be read, and why: the fields take ids and codes meanwhile. */
export function Unlisted( {
	connection,
	choices: { data, error, refresh },
}: {
	readonly connection: string;
	readonly choices: ChoicesState;
} ) {
	const { kind } = useHost();
	if ( error?.code === 'connection-incomplete' ) {
		return (
			<Note status="warning">
				<p>
					{ __(
						'This connection is still to be filled in, so there are no lists to choose from yet. Ids and codes can be typed.',
						'pearlbridge'
					) }
				</p>
				<Link to={ connectionTarget( kind, connection, null ) }>
					{ __( 'Fill in the connection', 'pearlbridge' ) }
				</Link>
			</Note>
		);
	}
	const reasons =
		error !== null
			? [ error.message ]
			: ( data?.trouble ?? [] ).map( ( { message } ) => message );
	return reasons.length === 0 ? null : (
		<Note
			status="warning"
			spoken={ __( 'Some lists could not be read.', 'pearlbridge' ) }
		>
			<p>
				<strong>
					{ __(
						'Some lists could not be read; ids and codes can be typed instead.',
						'pearlbridge'
					) }
				</strong>
			</p>
			{ [ ...new Set( reasons ) ].map( ( reason ) => (
				<p key={ reason }>{ reason }</p>
			) ) }
			<CommandButton size="compact" onClick={ refresh }>
				{ __( 'Try again', 'pearlbridge' ) }
			</CommandButton>
		</Note>
	);
}
