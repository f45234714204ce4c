using System.Text;

namespace Pyrite.Tests.Serialization;

/// <summary>Damages files: bytes and bits changed, stretches removed or doubled, text put in.</summary>
internal static class FileMutation
{
    /// <summary>One to three random changes, one kind of which hits the first <paramref name="prefix"/> bytes.</summary>
    public static byte[] Mutate(byte[] original, RandomKey key, string[] tokens, int prefix)
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
                    bytes.InsertRange(position, Encoding.UTF8.GetBytes(tokens[Below(tokens.Length)]));
                    break;
                default:
                    bytes[Below(prefix)] = (byte)Below(256);
                    break;
            }
            if (bytes.Count <= prefix)
            {
                break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Fails unless every mutated file loads or is refused with <see cref="InvalidDataException"/>, at no more memory than allowed; returns
    /// how many were refused.</summary>
    public static int CountRefused(Action<string> load, string path, int count, Func<int, byte[]> mutated, Func<int, long> mostBytes)
    {
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] file = mutated(i);
            File.WriteAllBytes(path, file);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                load(path);
            }
            catch (InvalidDataException error)
            {
                Assert.Contains(path, error.Message);
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"file {i}: {error}");
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= mostBytes(file.Length), $"file {i}: {file.Length} bytes cost {allocated}");
        }
        return refused;
    }
}
