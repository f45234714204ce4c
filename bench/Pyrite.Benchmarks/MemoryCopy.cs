using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>Copies one block of memory to another on the engine's threads: what element-wise operations are held against.</summary>
internal sealed class MemoryCopy
{
    private const int Piece = 16 * 1024;

    private readonly float[] source;
    private readonly float[] target;

    public MemoryCopy(int count)
    {
        source = new float[count];
        target = new float[count];
        Array.Fill(source, 1f);
        Array.Fill(target, 2f);
    }

    public void Run()
    {
        Body body = new(source, target);
        WorkerPool.For((source.Length + Piece - 1) / Piece, ref body);
    }

    private readonly struct Body(float[] source, float[] target) : IParallelBody
    {
        public void Run(int index)
        {
            int start = index * Piece;
            source.AsSpan(start, Math.Min(Piece, source.Length - start)).CopyTo(target.AsSpan(start));
        }
    }
}
