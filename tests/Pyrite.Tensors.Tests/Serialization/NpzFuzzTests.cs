namespace Pyrite.Tests.Serialization;

/// <summary>Mutated NPZ archives either load or are refused with <see cref="InvalidDataException"/>, and cost no more memory than their contents,
/// widened, and a constant.</summary>
[Trait("Once", "Widths")]
public sealed class NpzFuzzTests : IDisposable
{
    private const int ConstantBytes = 256 * 1024;
    private const int WidestRatio = 8;
    private const int PrefixBytes = 30;

    private static readonly string[] Tokens =
        ["PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0006", ".npy", "\u0000\u0000\u0000\u0000", "\u007f\u007f\u007f\u007f",
            "'|O'", "2147483647", " "];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public void Thousands_of_mutated_archives_never_surprise(bool compress) => Mutate(seed: 1, count: 1_500, compress);

    [Theory, InlineData(false), InlineData(true), Trait("Category", "Long")]
    public void Many_thousands_of_mutated_archives_never_surprise(bool compress) => Mutate(seed: 2, count: 12_500, compress);

    private void Mutate(ulong seed, int count, bool compress)
    {
        Npz.Save(folder["original"],
        [
            new("w", Tensor.From<float>([1, 2, 3, 4, 5, 6], [2, 3])),
            new("flags", Tensor.From<bool>([true, false])),
            new("index", Tensor.From<long>([1, 2])),
        ], compress);
        byte[] original = File.ReadAllBytes(folder["original"]);
        int refused = FileMutation.CountRefused(
            path => Npz.Load(path),
            folder["mutated"],
            count,
            i => FileMutation.Mutate(original, RandomKey.FromSeed(seed).Child(i), Tokens, PrefixBytes),
            length => ConstantBytes + (64 * WidestRatio * length));
        Assert.InRange(refused, count / 2, count - 1);        // most mutations break the archive, some hit only times and attributes
    }
}
