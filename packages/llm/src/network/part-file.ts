import { open, type FileHandle } from "node:fs/promises";
import { diskFailure } from "../errors/disk-failure.ts";

/** A file that is written from some place on, piece after piece. */
export class PartFile {
  readonly #file: FileHandle;
  readonly #path: string;
  #at: number;

  private constructor(file: FileHandle, path: string, at: number) {
    this.#file = file;
    this.#path = path;
    this.#at = at;
  }

  /**
   * @param start how much of it is kept, in bytes
   * @throws D0ttinoError `io-failed`
   */
  static async open(path: string, start: number): Promise<PartFile> {
    try {
      return new PartFile(await open(path, start === 0 ? "w" : "r+"), path, start);
    } catch (error) {
      throw diskFailure(error, path);
    }
  }

  /** How many bytes it has. */
  get size(): number {
    return this.#at;
  }

  /** @throws D0ttinoError `io-failed` */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#at);
        done += bytesWritten;
        this.#at += bytesWritten;
      }
    } catch (error) {
      throw diskFailure(error, this.#path, "Make room and run the same command again.");
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
