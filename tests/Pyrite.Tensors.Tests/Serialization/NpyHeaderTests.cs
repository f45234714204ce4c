using System.Buffers.Binary;

namespace Pyrite.Tests.Serialization;

public sealed class NpyHeaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // Header, bytes of data, and what the message must say.
    public static TheoryData<string, int, string[]> Damaged => new()
    {
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 7, ["need 8 bytes", "7 follow", "cut short"] },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 9, ["need 8 bytes", "9 follow", "appended"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }", 8, ["64 bits"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 2147483647, 2147483647, 2147483647), }", 0, ["64 bits"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483648,), }", 8, ["'shape'", "2147483648"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999999,), }", 8, ["'shape'", "entry 0"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", 8, ["'shape'", "entry 0", "'-'"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (1.5,), }", 8, ["'shape'", "'.'"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 'a'), }", 8, ["'shape'", "entry 1"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (1), }", 8, ["'shape'", "(1,)"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': 1, }", 8, ["'shape'", "expected '('"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': [1], }", 8, ["'shape'", "found '['"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': ((1,),), }", 8, ["'shape'", "found '('"] },
        { "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8, ["'|O'", "pickle", "run code"] },
        { "{'descr': '|O8', 'fortran_order': False, 'shape': (1,), }", 8, ["'|O8'", "pickle"] },
        { "{'descr': [('a', '<f4'), ('b', '<f4')], 'fortran_order': False, 'shape': (1,), }", 8, ["structured", "each field"] },
        { "{'descr': ('<f4', (2,)), 'fortran_order': False, 'shape': (1,), }", 8, ["structured"] },
        { "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", 8, ["'<c8'", "f8, f4, f2"] },
        { "{'descr': '<U2', 'fortran_order': False, 'shape': (1,), }", 8, ["'<U2'", "f8, f4, f2"] },
        { "{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (1,), }", 8, ["'<M8[ns]'"] },
        { "{'descr': '|f8', 'fortran_order': False, 'shape': (1,), }", 8, ["'|f8'"] },
        { "{'descr': 'f8', 'fortran_order': False, 'shape': (1,), }", 8, ["'f8'"] },
        { "{'descr': 8, 'fortran_order': False, 'shape': (1,), }", 8, ["'descr' must be a string", "'8'"] },
        { "{'descr': '<\\x66\\x38', 'fortran_order': False, 'shape': (1,), }", 8, ["without escapes"] },
        { "{'descr': '<f8, 'fortran_order': False, 'shape': (1,), }", 8, ["'<f8, '"] },
        { "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,), }", 8, ["'fortran_order'", "'0'"] },
        { "{'descr': '<f8', 'fortran_order': Falsehood, 'shape': (1,), }", 8, ["expected '}'", "'h'"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'extra': 1}", 8, ["unknown key 'extra'"] },
        { "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 8, ["'descr' appears twice"] },
        { "{'fortran_order': False, 'shape': (1,), }", 8, ["'descr' is missing"] },
        { "{'descr': '<f8', 'shape': (1,), }", 8, ["'fortran_order' is missing"] },
        { "{'descr': '<f8', 'fortran_order': False, }", 8, ["'shape' is missing"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } + {}", 8, ["'+' follows"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)", 8, ["expected '}'", "the end"] },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (1", 8, ["expected ')'", "the end"] },
        { "{'descr': '<f8', 'fortran_order': False,, 'shape': (1,)}", 8, ["a key must be a string", "','"] },
        { "{**{}, 'descr': '<f8'}", 8, ["a key must be a string", "'*'"] },
        { "__import__('os').system('true')", 8, ["expected '{'", "'_'"] },
        { "{'größe': 1}", 8, ["a key", "ASCII"] },
        { "", 8, ["expected '{'", "the end"] },
    };

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Damaged))]
    public void A_damaged_header_is_refused_with_the_reason(string header, int dataBytes, string[] reasons) =>
        AssertRefused(NpyBytes.Make(header, new byte[dataBytes]), reasons);

    [Theory, InlineData("("), InlineData("["), InlineData("{"), InlineData("'"), InlineData("1"), InlineData("1,")]
    public void Deep_nesting_and_endless_tokens_are_refused(string token)
    {
        AssertRefused(NpyBytes.Make("{'shape': (" + string.Concat(Enumerable.Repeat(token, 60_000 / token.Length)), []), ["'shape'"]);
        AssertRefused(NpyBytes.Make(string.Concat(Enumerable.Repeat(token, 60_000 / token.Length)), []), []);
    }

    [Fact]
    public void A_shape_of_more_than_64_axes_is_refused() =>
        AssertRefused(NpyBytes.Make("|u1", false, $"({string.Join(',', Enumerable.Repeat(1, 65))})", [1]), ["more than 64"]);

    [Fact]
    public void A_bool_that_is_neither_0_nor_1_is_refused() => AssertRefused(NpyBytes.Make("|b1", false, "(2,)", [1, 2]), ["element 1 is 2"]);

    [Fact]
    public void An_unsigned_integer_beyond_int64_is_refused() =>
        AssertRefused(NpyBytes.Make("<u8", false, "(2,)", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80]), ["element 1", "9223372036854775808"]);

    [Theory, InlineData(0), InlineData(7), InlineData(8), InlineData(9), InlineData(10), InlineData(40), InlineData(127), InlineData(135)]
    public void A_file_that_was_cut_is_refused(int length) => AssertRefused(NpyBytes.Make("<f8", false, "(1,)", new byte[8])[..length], []);

    [Theory, InlineData(0, 1), InlineData(1, 1), InlineData(4, 0), InlineData(255, 255)]
    public void An_unknown_version_is_refused(byte major, byte minor)
    {
        byte[] file = NpyBytes.Make("<f8", false, "(1,)", new byte[8]);
        (file[6], file[7]) = (major, minor);
        AssertRefused(file, [$"{major}.{minor}"]);
    }

    [Fact]
    public void Another_magic_is_refused()
    {
        byte[] file = NpyBytes.Make("<f8", false, "(1,)", new byte[8]);
        file[0] = 0x94;
        AssertRefused(file, ["944E554D5059"]);
    }

    [Theory, InlineData(119u), InlineData(65_536u), InlineData(uint.MaxValue)]
    public void A_header_length_beyond_the_file_is_refused_without_allocating_it(uint length)
    {
        byte[] file = NpyBytes.Make("|u1", false, "()", [], version: 2);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), length);
        AssertRefused(file, [$"{length} bytes", $"the file has {file.Length - 12}"]);

        AssertCheap();
    }

    [Fact]
    public void A_shape_beyond_the_file_is_refused_without_allocating_it()
    {
        AssertRefused(NpyBytes.Make("<f8", true, "(100000000, 2)", new byte[8]), ["need 1600000000 bytes", "8 follow"]);

        AssertCheap();
    }

    private void AssertCheap()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Npy.Load(folder["damaged"]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private void AssertRefused(byte[] file, string[] reasons)
    {
        File.WriteAllBytes(folder["damaged"], file);
        string message = Assert.Throws<InvalidDataException>(() => Npy.Load(folder["damaged"])).Message;

        Assert.Contains(folder["damaged"], message);
        Assert.All(reasons, reason => Assert.Contains(reason, message));
    }
}
