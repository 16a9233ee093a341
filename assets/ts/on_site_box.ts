// The pieces of evidence that wait on this telephone until they are sent (ADR 28). One database for all who sign in here;
// each piece names its owner, and nobody else is shown it or sends it.

export interface Photo {
  name: string;
  bytes: Blob;
}

export interface Piece {
  order?: number; // given by the database: as they were recorded
  id: string; // made here: however often it is sent, it is one piece
  owner: string; // data-owner of the page it was recorded on
  line: string; // "/ke-hoach/1/viec/2"
  title: string; // of the line, as it was seen
  fields: [string, string][];
  photos: Photo[]; // none once it is sent
  state: 'waiting' | 'refused' | 'sent';
  tries: number; // that the network broke off
  status: number; // of the answer that refused it; 0: the network did
  reasons: string[]; // in the server's words
  link: string; // where it stands once it is sent
  sent_at: number;
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('loa', 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('pieces', { keyPath: 'order', autoIncrement: true }).createIndex('id', 'id', { unique: true });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** Back when it is on disk: what is said to be kept survives the battery. */
async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction('pieces', mode, { durability: 'strict' });
      const asked = act(transaction.objectStore('pieces'));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error ?? asked.error);
    });
  } finally {
    database.close();
  }
}

/** In the order they were recorded. */
export async function piecesOf(owner: string): Promise<Piece[]> {
  return (await allPieces()).filter((piece) => piece.owner === owner);
}
export function allPieces(): Promise<Piece[]> {
  return run('readonly', (store) => store.getAll() as IDBRequest<Piece[]>);
}

/** A new one that is here already (a button pressed twice) stays as it is. Throws where there is no room. */
export async function keep(piece: Piece): Promise<void> {
  try {
    await run('readwrite', (store) => store.put(piece));
  } catch (error) {
    if ((error as DOMException | null)?.name !== 'ConstraintError') throw error;
  }
}

export function drop(piece: Piece): Promise<undefined> {
  return run('readwrite', (store) => store.delete(piece.order as number));
}
