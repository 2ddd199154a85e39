using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using CloudSweep.Core.Domain;
using Microsoft.Win32.SafeHandles;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>An open block file. It is read, never mapped: an I/O error in a map would end the process.</summary>
internal sealed class BlockFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly BlockFooter _footer;
    private readonly Action _closed;

    private BlockFile(SafeFileHandle handle, BlockFooter footer, Action closed)
    {
        _handle = handle;
        _footer = footer;
        _closed = closed;
    }

    public ShardProfile Profile => _footer.Profile;

    public int BlockCount => _footer.Blocks.Count;

    /// <exception cref="CorruptBlockException">Not the complete block file of this key.</exception>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static BlockFile Open(string path, string key, Action closed)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var footer = ReadFooter(handle);
            var expected = BlockFileWriter.Header(key);
            if (footer.HeaderLength != expected.Length || footer.HeaderHash != XxHash3.HashToUInt64(expected) || !Bytes(handle, 0, expected.Length).AsSpan().SequenceEqual(expected))
            {
                throw new CorruptBlockException("The header is not the one of this key.");
            }

            return new BlockFile(handle, footer, closed);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <exception cref="CorruptBlockException">The bytes are not the ones that were written.</exception>
    public void Read(int block, RawBlock target)
    {
        if (block >= BlockCount)
        {
            throw new CorruptBlockException($"There is no block {block}.");
        }

        var entry = _footer.Blocks[block];
        var bytes = target.Prepare(entry.Length);
        Fill(_handle, entry.Offset, bytes);
        if (XxHash3.HashToUInt64(bytes) != entry.Hash)
        {
            throw new CorruptBlockException($"The checksum of block {block} is wrong.");
        }

        target.Accept(entry);
    }

    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            _handle.Dispose();
            _closed();
        }
    }

    private static BlockFooter ReadFooter(SafeFileHandle handle)
    {
        var length = RandomAccess.GetLength(handle);
        var end = length - BlockFormat.TrailerBytes;
        if (end < 0)
        {
            throw new CorruptBlockException("The file is too short.");
        }

        var trailer = Bytes(handle, end, BlockFormat.TrailerBytes);
        var offset = BinaryPrimitives.ReadInt64LittleEndian(trailer);
        var footerLength = BinaryPrimitives.ReadInt64LittleEndian(trailer.AsSpan(8));
        if (BinaryPrimitives.ReadUInt64LittleEndian(trailer.AsSpan(24)) != BlockFormat.Magic || offset < 0 || offset > end || footerLength != end - offset || footerLength > Array.MaxLength)
        {
            throw new CorruptBlockException("The trailer is wrong.");
        }

        // Of many columns it takes some 100 KB; files are opened again and again, and what is as large is left to the collector for long.
        var rented = ArrayPool<byte>.Shared.Rent((int)footerLength);
        try
        {
            var footer = rented.AsSpan(0, (int)footerLength);
            Fill(handle, offset, footer);
            return XxHash3.HashToUInt64(footer) == BinaryPrimitives.ReadUInt64LittleEndian(trailer.AsSpan(16))
                ? CanonicalJson.Read<BlockFooter>(footer)
                : throw new CorruptBlockException("The checksum of the footer is wrong.");
        }
        catch (MalformedDocumentException exception)
        {
            throw new CorruptBlockException("The footer can't be read.", exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static byte[] Bytes(SafeFileHandle handle, long offset, int length)
    {
        var bytes = new byte[length];
        Fill(handle, offset, bytes);
        return bytes;
    }

    private static void Fill(SafeFileHandle handle, long offset, Span<byte> target)
    {
        while (target.Length > 0)
        {
            int read;
            try
            {
                read = RandomAccess.Read(handle, target, offset);
            }
            catch (IOException exception)
            {
                throw new CorruptBlockException("The disk can't be read.", exception);
            }

            if (read == 0)
            {
                throw new CorruptBlockException("The file ends early.");
            }

            offset += read;
            target = target[read..];
        }
    }
}
