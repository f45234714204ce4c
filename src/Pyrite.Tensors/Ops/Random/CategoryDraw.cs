using Pyrite.Engine;
using Pyrite.Kernels.Random;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Random;

/// <summary>Draws of categories from probabilities along the last axis.</summary>
internal readonly record struct CategoryDraw(RandomKey Key) : IVaryingOperation
{
    public string Name => "categorical draw";

    /// <summary>Int64 categories of a shape to which the batch shape broadcasts.</summary>
    public static Tensor Of(RandomKey key, Tensor probabilities, Shape shape)
    {
        Tensor chances = probabilities.Detach().To(DType.Float64);
        Shape batch = chances.Shape[..^1];
        bool repeats = batch.Rank <= shape.Rank && shape[(shape.Rank - batch.Rank)..] == batch;
        Tensor rows = repeats ? chances : chances.BroadcastTo(shape + [chances.Shape[^1]]);
        return Executor.Apply(new CategoryDraw(key), new TensorSpec(shape, DType.Int64), rows.In(Layout.RowMajor));
    }

    /// <summary>The key changes from step to step.</summary>
    public bool Equals(CategoryDraw other) => true;

    public override int GetHashCode() => 0;

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.Count == 0)
        {
            return;
        }
        double[] cumulative = inputs[0].ToArray<double>();
        int size = inputs[0].Shape[^1];
        for (int i = 0; i < cumulative.Length; i++)
        {
            cumulative[i] += i % size == 0 ? 0 : cumulative[i - 1];
        }
        Body body = new(Key, cumulative, size, output);
        WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    private readonly struct Body(RandomKey key, double[] cumulative, int size, Tensor output) : IParallelBody
    {
        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, output.Count);
            CategoryKernel.Fill(key, cumulative, size, output.Write<long>()[range], range.Start.Value);
        }
    }
}
