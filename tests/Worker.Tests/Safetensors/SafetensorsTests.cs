using System.Buffers.Binary;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Safetensors;

namespace CloudSweep.Worker.Tests.Safetensors;

public sealed class SafetensorsTests
{
    private const string OneTensor = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    [Fact]
    public void Write_TwoTensors_LaysOutBytesAsTheFormatSays()
    {
        var bytes = Written(new TensorFile(
            new Dictionary<string, string> { ["k"] = "v" },
            [new Tensor("w", [1, 2], [1, -2]), new Tensor("b", [], [0.5f])]));

        const string header = """{"__metadata__":{"k":"v"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}""";
        var padded = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] expected = [(byte)padded.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(padded), 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0x3F];
        Assert.Equal(expected, bytes);
    }

    [Fact]
    public void Read_OfWritten_GivesTheSameBits()
    {
        var file = new TensorFile(
            new Dictionary<string, string> { ["classes"] = "[\"é\",\"\\n\"]", ["ü"] = "\"quoted\"" },
            [new Tensor("layers.0.weight", [2, 3], [float.NaN, -0f, float.Epsilon, float.MaxValue, float.NegativeInfinity, 0.1f]), new Tensor("empty", [0, 4], [])]);

        var read = SafetensorsReader.Read(new MemoryStream(Written(file)));

        Assert.Equal(file.Metadata, read.Metadata);
        Assert.Equal(file.Tensors.Select(tensor => tensor.Name), read.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(file.Tensors.Select(tensor => tensor.Shape), read.Tensors.Select(tensor => tensor.Shape));
        Assert.Equal(Bits(file), Bits(read));
    }

    [Fact]
    public void Write_MetadataInAnotherOrder_GivesTheSameBytes()
    {
        var forth = new TensorFile(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }, []);
        var back = new TensorFile(new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }, []);

        Assert.Equal(Written(forth), Written(back));
    }

    [Fact]
    public void Read_TensorsInAnotherOrderThanTheirData_SortsByData()
    {
        var bytes = FileOf("""{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8);

        Assert.Equal(["a", "b"], SafetensorsReader.Read(new MemoryStream(bytes)).Tensors.Select(tensor => tensor.Name));
    }

    [Theory]
    [InlineData("two of one name", 1, 1, "a", "a")]
    [InlineData("a shape that does not fit", 2, 1, "a", "b")]
    [InlineData("the metadata's name", 1, 1, "a", "__metadata__")]
    public void Write_WrongTensors_Throws(string what, int length, int count, string first, string second)
    {
        var file = new TensorFile(new Dictionary<string, string>(), [new Tensor(first, [length], new float[count]), new Tensor(second, [1], [0])]);

        Assert.True(Record.Exception(() => SafetensorsWriter.Write(new MemoryStream(), file)) is ArgumentException, what);
    }

    [Theory]
    [InlineData("", 0, "no valid JSON")]
    [InlineData("[]", 0, "no object")]
    [InlineData("{", 0, "no valid JSON")]
    [InlineData("""{"a":1}""", 0, "tensor 'a' must have dtype, shape and data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", 8, "and nothing else")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", 8, "must have dtype F32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}""", 8, "no usable shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", 8, "no usable shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "no usable shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}}""", 8, "no usable shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "no usable shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,0]}}""", 0, "does not fit its data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "does not fit its data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "a begin and an end that follows it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "a begin and an end that follows it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "no valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "it must begin at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "it must begin at 8")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__ is no object")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "an entry that is no text")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""", 0, "no valid JSON")]
    [InlineData(OneTensor, 4, "cut short or has something added")]
    [InlineData(OneTensor, 12, "cut short or has something added")]
    public void Read_BrokenFile_TellsTheRule(string header, int dataBytes, string expected)
    {
        var exception = Assert.Throws<MalformedDocumentException>(() => SafetensorsReader.Read(new MemoryStream(FileOf(header, dataBytes))));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Read_FewerThanEightBytes_IsCutShort(int length)
    {
        var exception = Assert.Throws<MalformedDocumentException>(() => SafetensorsReader.Read(new MemoryStream(new byte[length])));

        Assert.Contains("cut short", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001UL)]
    [InlineData(9UL)]
    public void Read_HeaderLongerThanTheFile_AllocatesNothingForIt(ulong length)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<MalformedDocumentException>(() => SafetensorsReader.Read(new MemoryStream(bytes)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Read_AnyByteChanged_ReadsOrTellsTheRule()
    {
        var bytes = Written(new TensorFile(new Dictionary<string, string> { ["k"] = "v" }, [new Tensor("w", [2], [1, 2])]));
        for (var index = 0; index < bytes.Length * 8; index++)
        {
            var changed = bytes.ToArray();
            changed[index / 8] ^= (byte)(1 << (index % 8));

            var exception = Record.Exception(() => SafetensorsReader.Read(new MemoryStream(changed)));

            Assert.True(exception is null or MalformedDocumentException, $"bit {index}: {exception}");
        }
    }

    private static byte[] Written(TensorFile file)
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, file);
        return stream.ToArray();
    }

    private static byte[] FileOf(string header, int dataBytes)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)text.Length);
        text.CopyTo(bytes, 8);
        return bytes;
    }

    private static IEnumerable<int> Bits(TensorFile file) => file.Tensors.SelectMany(tensor => tensor.Values).Select(BitConverter.SingleToInt32Bits);
}
