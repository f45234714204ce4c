using System.Buffers.Binary;

namespace Pyrite.Tests.Serialization;

public sealed class SafeTensorsHeaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // Header, bytes of data, and what the message must say.
    public static TheoryData<string, int, string[]> Damaged => new()
    {
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, ["\"w\"", "ends at byte 8", "the file has 7"] },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, ["end at byte 8", "1 bytes belong to no tensor"] },
        { "{}", 1, ["1 bytes belong to no tensor"] },
        { """{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, ["\"w\"", "need 12 bytes", "hold 8"] },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[1,9]}}""", 9, ["\"w\"", "a gap"] },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3,
            ["\"b\"", "an overlap"] },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2, ["an overlap"] },
        { """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""", 3, ["\"b\"", "a gap"] },
        { """{"w":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}""", 1, ["\"w\"", "begin ≤ end"] },
        { """{"w":{"dtype":"U8","shape":[1],"data_offsets":[0]}}""", 1, ["\"w\"", "[begin, end]"] },
        { """{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}""", 1, ["\"w\"", "more than 2"] },
        { """{"w":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""", 1, ["\"w\"", "shape", "-1"] },
        { """{"w":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""", 1, ["\"w\"", "shape", "1.5"] },
        { """{"w":{"dtype":"U8","shape":["1"],"data_offsets":[0,1]}}""", 1, ["\"w\"", "shape", "String"] },
        { """{"w":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,1]}}""", 1, ["\"w\"", "shape", "99999999999999999999"] },
        { """{"w":{"dtype":"U8","shape":[2147483648],"data_offsets":[0,1]}}""", 1, ["\"w\"", "shape", "2147483648"] },
        { """{"w":{"dtype":"F64","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,0]}}""", 0, ["\"w\"", "64 bits"] },
        { """{"w":{"dtype":"F64","shape":[2147483647,2147483647,2147483647,0],"data_offsets":[0,0]}}""", 0, ["\"w\"", "64 bits"] },
        { """{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,9223372036854775807]}}""", 1, ["\"w\"", "data_offsets"] },
        { """{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"w":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, ["\"w\"", "twice"] },
        { """{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\u0077":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2,
            ["\"w\"", "twice"] },
        { """{"w":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", 1, ["\"w\"", "F8_E4M3", "BF16"] },
        { """{"w":{"dtype":7,"shape":[1],"data_offsets":[0,1]}}""", 1, ["\"w\"", "dtype must be a string"] },
        { """{"w":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, ["\"w\"", "\"dtype\" appears twice"] },
        { """{"w":{"shape":[1],"data_offsets":[0,1]}}""", 1, ["\"w\"", "dtype is missing"] },
        { """{"w":{"dtype":"U8","data_offsets":[0,1]}}""", 1, ["\"w\"", "shape is missing"] },
        { """{"w":{"dtype":"U8","shape":[1]}}""", 1, ["\"w\"", "data_offsets is missing"] },
        { """{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"extra":1}}""", 1, ["\"w\"", "\"extra\""] },
        { """{"w":[1]}""", 1, ["\"w\"", "must be an object"] },
        { """{"w":{"dtype":"U8","shape":[[[[1]]]],"data_offsets":[0,1]}}""", 1, ["JSON"] },
        { """{"__metadata__":{"a":1}}""", 0, ["__metadata__", "must be a string"] },
        { """{"__metadata__":{"a":"1","a":"2"}}""", 0, ["__metadata__", "\"a\" appears twice"] },
        { """{"__metadata__":{},"__metadata__":{}}""", 0, ["__metadata__", "twice"] },
        { """{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, ["Unicode"] },
        { """{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}} {}""", 1, ["JSON"] },
        { """{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}""", 1, ["JSON"] },
        { """{"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1],}}""", 1, ["JSON"] },
        { " {}", 0, ["must start with"] },
        { "", 0, ["must start with"] },
        { "[]", 0, ["must start with"] },
    };

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Damaged))]
    public void A_damaged_header_is_refused_with_the_reason(string json, int dataBytes, string[] reasons) =>
        AssertRefused(SafeTensorsBytes.Make(json, new byte[dataBytes]), reasons);

    [Fact]
    public void Deep_nesting_is_refused() =>
        AssertRefused(SafeTensorsBytes.Make($$"""{"w":{"dtype":"U8","shape":{{new string('[', 100_000)}}"""), []);

    [Fact]
    public void A_shape_of_more_than_64_axes_is_refused() =>
        AssertRefused(
            SafeTensorsBytes.Make($$$"""{"w":{"dtype":"U8","shape":[{{{string.Join(',', Enumerable.Repeat(1, 65))}}}],"data_offsets":[0,1]}}""", 1),
                ["\"w\"", "more than 64"]);

    [Fact]
    public void Invalid_utf_8_is_refused() => AssertRefused(SafeTensorsBytes.Make([.. "{\""u8, 0xFF, .. "\":{}}"u8], []), ["UTF-8"]);

    [Fact]
    public void A_bool_that_is_neither_0_nor_1_is_refused() =>
        AssertRefused(SafeTensorsBytes.Make("""{"w":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}""", 1, 2), ["\"w\"", "element 1 is 2"]);

    [Theory, InlineData(0), InlineData(3), InlineData(7)]
    public void A_file_shorter_than_its_length_field_is_refused(int length) => AssertRefused(new byte[length], [$"{length} bytes in all"]);

    [Theory, InlineData(3ul), InlineData(100_000_000ul), InlineData(100_000_001ul), InlineData(1ul << 63), InlineData(ulong.MaxValue)]
    public void A_header_length_beyond_the_file_is_refused_without_allocating_it(ulong length)
    {
        byte[] file = [0, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}'];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        AssertRefused(file, [$"{length} bytes", "the file has 2"]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => SafeTensors.Load(folder["damaged"]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    // Two gigabytes claimed twice over the same bytes, a shape beyond the file, and an array in an array in an array.
    [Theory]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[2000000000],"data_offsets":[0,2000000000]},"b":{"dtype":"U8","shape":[2000000000],"data_offsets":[0,2000000000]}}""")]
    [InlineData("""{"a":{"dtype":"F64","shape":[100000000,2],"data_offsets":[0,1600000000]}}""")]
    [InlineData("""{"a":{"dtype":"F64","shape":[[[[2000000000]]]],"data_offsets":[0,16]}}""")]
    public void A_header_that_claims_more_than_the_file_is_refused_without_allocating_it(string json)
    {
        AssertRefused(SafeTensorsBytes.Make(json, new byte[16]), []);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => SafeTensors.Load(folder["damaged"]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private void AssertRefused(byte[] file, string[] reasons)
    {
        File.WriteAllBytes(folder["damaged"], file);
        string message = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(folder["damaged"])).Message;

        Assert.Contains(folder["damaged"], message);
        Assert.All(reasons, reason => Assert.Contains(reason, message));
    }
}
