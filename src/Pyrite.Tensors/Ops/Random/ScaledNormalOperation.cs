using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Random;

/// <summary>Normal draws with one mean and one standard deviation for all: the numbers of <see cref="RandomTensors"/>, scaled and moved while they
/// are in the cache.</summary>
internal readonly record struct ScaledNormalOperation(RandomKey Key) : IVaryingOperation
{
    public string Name => "scaled normal draw";

    /// <summary>The bits of <c>loc + scale * key.Normal(shape, type)</c>; both parameters have one element.</summary>
    public static Tensor Of(RandomKey key, Tensor loc, Tensor scale, Shape shape, DType type) =>
        Executor.Apply(new ScaledNormalOperation(key), new TensorSpec(shape, type), loc.To(type).Reshape(Shape.Scalar),
            scale.To(type).Reshape(Shape.Scalar));

    /// <summary>The key changes from step to step.</summary>
    public bool Equals(ScaledNormalOperation other) => true;

    public override int GetHashCode() => 0;

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Body<float> body = new(Key, inputs[0].Read<float>()[0], inputs[1].Read<float>()[0], output);
            WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
        }
        else
        {
            Body<double> body = new(Key, inputs[0].Read<double>()[0], inputs[1].Read<double>()[0], output);
            WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
        }
    }

    /// <summary>Only parameters that are not tracked come here: a rule would need the key, which changes from step to step.</summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        throw new NotSupportedException("scaled normal draw: its parameters are not tracked. Compute loc + scale * noise to follow gradients.");

    private readonly struct Body<T>(RandomKey key, T loc, T scale, Tensor output) : IParallelBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private const int Tile = 2048;

        public void Run(int index)
        {
            (int start, int end) = (ElementRange.Chunk(index, output.Count).Start.Value, ElementRange.Chunk(index, output.Count).End.Value);
            for (; start < end; start += Tile)
            {
                int length = Math.Min(Tile, end - start);
                Fill(start, length);
                Span<T> part = output.Write<T>().Slice(start, length);
                TensorPrimitives.Multiply(part, scale, part);
                TensorPrimitives.Add(part, loc, part);
            }
        }

        private void Fill(int start, int length)
        {
            if (typeof(T) == typeof(float))
            {
                key.FillNormal(output.Write<float>().Slice(start, length), start);
            }
            else
            {
                key.FillNormal(output.Write<double>().Slice(start, length), start);
            }
        }
    }
}
