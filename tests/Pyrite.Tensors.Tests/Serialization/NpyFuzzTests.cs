namespace Pyrite.Tests.Serialization;

/// <summary>Mutated NPY files either load or are refused with <see cref="InvalidDataException"/>, and cost no more memory than their size, widened,
/// and a constant.</summary>
[Trait("Once", "Widths")]
public sealed class NpyFuzzTests : IDisposable
{
    private const int ConstantBytes = 64 * 1024;
    private const int WidestRatio = 8;
    private const int PrefixBytes = 10;

    private static readonly string[] Tokens =
        ["-1", "0", "1e9", "2147483647", "2147483648", "99999999999999999999", "'<f8'", "'|O'", "[", "]", "(", ")", "{", "}", ",", ":", "True",
            "'shape': ", "\\x41", " ", "\"", "'", "L"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Thousands_of_mutated_files_never_surprise() => Mutate(seed: 1, count: 3_000);

    [Fact, Trait("Category", "Long")]
    public void Many_thousands_of_mutated_files_never_surprise() => Mutate(seed: 2, count: 25_000);

    private void Mutate(ulong seed, int count)
    {
        byte[][] originals =
        [
            NpyBytes.Make("<f4", false, "(2, 3)", new byte[24]),
            NpyBytes.Make(">i2", true, "(2, 2, 2)", new byte[16], version: 2),
            NpyBytes.Make("|b1", false, "(4,)", new byte[4], version: 3),
            NpyBytes.Make("<u8", false, "()", new byte[8]),
        ];
        int refused = FileMutation.CountRefused(
            path => Npy.Load(path),
            folder["mutated"],
            count,
            i => FileMutation.Mutate(originals[i % originals.Length], RandomKey.FromSeed(seed).Child(i), Tokens, PrefixBytes),
            length => ConstantBytes + (WidestRatio * length));
        Assert.InRange(refused, count / 2, count - 1);        // most mutations break the file, some hit only data
    }
}
