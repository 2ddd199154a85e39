using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>Inflates deflate data (RFC 1951) from bits to text, step by step.</summary>
internal sealed class Inflater(BitInput input, TextWindow text)
{
    private enum Place { BeforeBlock, InStored, InCodes }

    private readonly CodeLengths _lengths = new();
    private readonly SymbolTable _ownSymbols = new();
    private readonly DistanceTable _ownDistances = new();
    private SymbolTable _symbols = SymbolTable.Fixed;
    private DistanceTable _distances = DistanceTable.Fixed;
    private Place _place;
    private bool _isLast;
    private int _storedLeft;

    /// <summary>Starts anew at a whole byte.</summary>
    public void Begin() => (_place, _isLast) = (Place.BeforeBlock, false);

    /// <summary>Goes as far as stored bytes and room for text allow.</summary>
    /// <exception cref="InvalidDataException">The data is corrupt or cut off.</exception>
    public InflateStep Step()
    {
        while (true)
        {
            if (_place == Place.BeforeBlock && _isLast)
            {
                input.ToBytes();
                return InflateStep.Ended;
            }

            var stop = _place switch
            {
                Place.BeforeBlock => TryBeginBlock(),
                Place.InStored => CopyStored(),
                _ => Decode(),
            };
            if (stop is { } step)
            {
                return step == InflateStep.NeedsInput && input.IsEnded ? throw new InvalidDataException("The data ends within a block.") : step;
            }
        }
    }

    /// <summary>Null = the block has begun. Where it begins is tried again from its first bit if not all of that is here, which is rare.</summary>
    private InflateStep? TryBeginBlock()
    {
        var mark = input.Mark();
        try
        {
            BeginBlock();
            return null;
        }
        catch (InvalidDataException) when (input.IsShort && !input.IsEnded)
        {
            input.GoBack(mark);
            return InflateStep.NeedsInput;
        }
    }

    private void BeginBlock()
    {
        var isLast = input.Take(1) == 1;
        switch (input.Take(2))
        {
            case 0:
                input.Skip(input.BitCount & 7);
                _storedLeft = input.Take(16);
                if ((input.Take(16) ^ 0xFFFF) != _storedLeft)
                {
                    throw new InvalidDataException("The length of a stored block is not what is said beside it.");
                }

                _place = Place.InStored;
                break;
            case 1:
                (_symbols, _distances, _place) = (SymbolTable.Fixed, DistanceTable.Fixed, Place.InCodes);
                break;
            case 2:
                _lengths.Read(input);
                _ownSymbols.Build(_lengths.Symbols);
                _ownDistances.Build(_lengths.Distances);
                (_symbols, _distances, _place) = (_ownSymbols, _ownDistances, Place.InCodes);
                break;
            default:
                throw new InvalidDataException("A block is of no known kind.");
        }

        _isLast = isLast;
    }

    private InflateStep? CopyStored()
    {
        var room = text.Limit - text.Written;
        var copied = input.CopyTo(text.Bytes.Slice(text.Written, Math.Min(room, _storedLeft)));
        text.Written += copied;
        _storedLeft -= copied;
        if (_storedLeft == 0)
        {
            _place = Place.BeforeBlock;
            return null;
        }

        return copied == room ? InflateStep.NeedsRoom : InflateStep.NeedsInput;
    }

    /// <summary>Decodes literals and matches. Null = the block has ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private InflateStep? Decode()
    {
        var bytes = text.Bytes;
        var (written, limit, start) = (text.Written, text.Limit, text.Start);
        var symbols = _symbols.Entries;
        var distances = _distances.Entries;
        input.Resume(out var bits);
        while (true)
        {
            if (written > limit)
            {
                text.Written = written;
                input.Suspend(bits);
                return InflateStep.NeedsRoom;
            }

            // A step takes up to 20 bits for codes of literals and a length, and 28 for a distance.
            bits.Refill();
            var before = bits;
            var symbol = symbols[(int)bits.Bits & ((1 << SymbolTable.IndexBits) - 1)];
            if (symbol.IsSpecial)
            {
                if (symbol.IsTable)
                {
                    symbol = symbols[symbol.TableStart + ((int)(bits.Bits >> SymbolTable.IndexBits) & ((1 << symbol.TableBits) - 1))];
                }

                if (symbol.IsSpecial)
                {
                    bits.Skip(symbol.Bits);
                    text.Written = written;
                    if (bits.Count < 0)
                    {
                        input.Suspend(before);
                        return InflateStep.NeedsInput;
                    }

                    if (!symbol.IsEnd)
                    {
                        throw new InvalidDataException("Bits are no code of a literal or a length.");
                    }

                    input.Suspend(bits);
                    _place = Place.BeforeBlock;
                    return null;
                }
            }

            bits.Skip(symbol.Bits);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[written..], symbol.Literals);
            var target = written + symbol.LiteralCount;
            var length = symbol.Length;
            if (length > 0)
            {
                length += (int)((before.Bits & ((1UL << symbol.Bits) - 1)) >> symbol.CodeBits);
                var entry = distances[(int)bits.Bits & ((1 << DistanceTable.IndexBits) - 1)];
                if (entry.IsTable)
                {
                    entry = distances[entry.TableStart + ((int)(bits.Bits >> DistanceTable.IndexBits) & ((1 << entry.TableBits) - 1))];
                }

                var distance = entry.Least + (int)((bits.Bits & ((1UL << entry.Bits) - 1)) >> entry.CodeBits);
                bits.Skip(entry.Bits);
                if (bits.Count >= 0)
                {
                    if (entry.IsSpecial || distance > target - start)
                    {
                        throw new InvalidDataException("Bits are no code of a distance, or it goes back before the text.");
                    }

                    TextWindow.Repeat(bytes, target, distance, length);
                    target += length;
                }
            }

            if (bits.Count < 0)
            {
                text.Written = written;
                input.Suspend(before);
                return InflateStep.NeedsInput;
            }

            written = target;
        }
    }
}
