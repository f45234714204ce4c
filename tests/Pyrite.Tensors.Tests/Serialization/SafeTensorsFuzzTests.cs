using System.Text;

namespace Pyrite.Tests.Serialization;

/// <summary>Mutated files either load or are refused with <see cref="InvalidDataException"/>, and cost no more memory than their size and a constant.</summary>
public sealed class SafeTensorsFuzzTests : IDisposable
{
    private const int ConstantBytes = 64 * 1024;

    private static readonly string[] Tokens =
        ["-1", "0", "1e9", "2147483647", "2147483648", "9223372036854775807", "18446744073709551616", "\"F64\"", "\"BF16\"", "[", "]", "{", "}", ",", ":", "null", "\"w\":", "\\ud800", " "];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Thousands_of_mutated_files_never_surprise() => Mutate(seed: 1, count: 3_000);

    [Fact, Trait("Category", "Long")]
    public void A_hundred_thousand_mutated_files_never_surprise() => Mutate(seed: 2, count: 100_000);

    private void Mutate(ulong seed, int count)
    {
        byte[] original = Original();
        string path = folder["mutated"];
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] mutated = Mutated(original, RandomKey.FromSeed(seed).Child(i));
            File.WriteAllBytes(path, mutated);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                SafeTensors.Load(path);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= ConstantBytes + mutated.Length, $"file {i}: {mutated.Length} bytes cost {allocated}");
        }
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

    private static byte[] Mutated(byte[] original, RandomKey key)
    {
        var bytes = new List<byte>(original);
        long[] draws = new long[16];
        key.FillIntegers(draws, long.MaxValue);
        int at = 0;
        int Below(int bound) => (int)(draws[at++] % bound);
        for (int rounds = 1 + Below(3); rounds > 0; rounds--)
        {
            int position = Below(bytes.Count);
            switch (Below(6))
            {
                case 0:
                    bytes[position] = (byte)Below(256);
                    break;
                case 1:
                    bytes[position] ^= (byte)(1 << Below(8));
                    break;
                case 2:
                    bytes.RemoveRange(position, Math.Min(bytes.Count - position, 1 + Below(40)));
                    break;
                case 3:
                    bytes.InsertRange(position, bytes.GetRange(position, Math.Min(bytes.Count - position, 1 + Below(40))));
                    break;
                case 4:
                    bytes.InsertRange(position, Encoding.UTF8.GetBytes(Tokens[Below(Tokens.Length)]));
                    break;
                default:
                    bytes[Below(8)] = (byte)Below(256);
                    break;
            }
            if (bytes.Count < 9)
            {
                break;
            }
        }
        return [.. bytes];
    }
}
