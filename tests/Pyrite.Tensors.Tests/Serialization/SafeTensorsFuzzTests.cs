namespace Pyrite.Tests.Serialization;

/// <summary>Mutated files either load or are refused with <see cref="InvalidDataException"/>, and cost no more memory than their size and a
/// constant.</summary>
[Trait("Once", "Widths")]
public sealed class SafeTensorsFuzzTests : IDisposable
{
    private const int ConstantBytes = 64 * 1024;
    private const int LengthBytes = 8;

    private static readonly string[] Tokens =
        ["-1", "0", "1e9", "2147483647", "2147483648", "9223372036854775807", "18446744073709551616", "\"F64\"", "\"BF16\"", "[", "]", "{", "}", ",",
            ":", "null", "\"w\":", "\\ud800", " "];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Thousands_of_mutated_files_never_surprise() => Mutate(seed: 1, count: 3_000);

    [Fact, Trait("Category", "Long")]
    public void Many_thousands_of_mutated_files_never_surprise() => Mutate(seed: 2, count: 25_000);

    private void Mutate(ulong seed, int count)
    {
        byte[] original = Original();
        int refused = FileMutation.CountRefused(
            path => SafeTensors.Load(path),
            folder["mutated"],
            count,
            i => FileMutation.Mutate(original, RandomKey.FromSeed(seed).Child(i), Tokens, LengthBytes),
            length => ConstantBytes + length);
        Assert.InRange(refused, count / 2, count - 1);        // most mutations break the file, some hit only data
    }

    private byte[] Original()
    {
        SafeTensors.Save(folder["original"],
        [
            new("w", Tensor.From<float>([1, 2, 3, 4, 5, 6], [2, 3])),
            new("flags", Tensor.From<bool>([true, false])),
            new("index", Tensor.From<long>([1, 2])),
        ], [new("format", "pt")]);
        return File.ReadAllBytes(folder["original"]);
    }
}
