using System.Runtime.InteropServices;

namespace Pyrite.Extensions.Data;

/// <summary>A data set of one's own, made on the fly: sines of random frequency, with the frequency as an integer label.</summary>
internal sealed class Waves(int count, int length, ulong seed)
    : Dataset(count, new BatchField("waves", [length], DType.Float32), new BatchField("frequencies", Shape.Scalar, DType.Int64))
{
    public override void Fill(int field, ReadOnlySpan<int> rows, Span<byte> destination)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            long frequency = 1 + (long)(RandomKey.FromSeed(seed).Child(rows[i]).Uniform([1], DType.Float64).Item() * 5);
            if (field == 1)
            {
                MemoryMarshal.Cast<byte, long>(destination)[i] = frequency;
                continue;
            }
            Span<float> wave = MemoryMarshal.Cast<byte, float>(destination).Slice(i * length, length);
            for (int t = 0; t < length; t++)
            {
                wave[t] = MathF.Sin(2 * MathF.PI * frequency * t / length);
            }
        }
    }
}
