using Pyrite.Engine;
using Pyrite.Kernels.Threads;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Random;

/// <summary>Draws element by element, each from a stream of uniform numbers of its own; not differentiable.</summary>
internal readonly record struct DrawOperation<TRule>(RandomKey Key) : IVaryingOperation
    where TRule : struct, IDrawRule
{
    public string Name => TRule.Name;

    /// <summary>Draws of a shape to which the parameters broadcast.</summary>
    public static Tensor Of(RandomKey key, Tensor first, Tensor second, Shape shape, DType type) =>
        Executor.Apply(new DrawOperation<TRule>(key), new TensorSpec(shape, type), Prepare(first, shape), Prepare(second, shape));

    /// <summary>The key changes from step to step.</summary>
    public bool Equals(DrawOperation<TRule> other) => true;

    public override int GetHashCode() => 0;

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Body body = new(Key, inputs[0], inputs[1], output);
        WorkerPool.For(ElementRange.Chunks(output.Count), ref body);
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    private static Tensor Prepare(Tensor parameter, Shape shape) => parameter.Detach().To(DType.Float64).BroadcastTo(shape).In(Layout.RowMajor);

    private readonly struct Body(RandomKey key, Tensor first, Tensor second, Tensor output) : IParallelBody
    {
        public void Run(int index)
        {
            Range range = ElementRange.Chunk(index, output.Count);
            ReadOnlySpan<double> a = first.Read<double>();
            ReadOnlySpan<double> b = second.Read<double>();
            for (int i = range.Start.Value; i < range.End.Value; i++)
            {
                UniformStream uniforms = new(key.Child(i));
                double draw = TRule.Draw(ref uniforms, a[i], b[i]);
                if (output.DType == DType.Float32)
                {
                    output.Write<float>()[i] = (float)draw;
                }
                else
                {
                    output.Write<double>()[i] = draw;
                }
            }
        }
    }
}
