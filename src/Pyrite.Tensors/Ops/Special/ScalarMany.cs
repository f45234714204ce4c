using System.Numerics;
using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Special;

/// <summary>Runs a scalar function of several arguments over elements.</summary>
internal readonly record struct ScalarMany<TFunction> : IOperation
    where TFunction : struct, IScalarFunctionOfMany
{
    private const int MostInputs = 8;

    public string Name => TFunction.Name;

    public int? EntryRank => 0;

    /// <summary>The result for tensors that broadcast, in the widest of their real types.</summary>
    public static Tensor Of(params ReadOnlySpan<Tensor> inputs)
    {
        DType? strongest = null;
        Shape shape = Shape.Scalar;
        foreach (Tensor input in inputs)
        {
            shape = Shape.Broadcast(shape, input.Shape);
            if (!input.IsWeak && input.DType.IsFloatingPoint)
            {
                strongest = strongest is { } earlier ? DTypeProperties.Promote(earlier, input.DType) : input.DType;
            }
        }
        DType type = strongest ?? Precision.Default;
        Tensor[] prepared = new Tensor[inputs.Length];
        for (int i = 0; i < prepared.Length; i++)
        {
            prepared[i] = inputs[i].To(type).BroadcastTo(shape).In(Layout.RowMajor);
        }
        return Executor.Apply(default(ScalarMany<TFunction>), new TensorSpec(shape, type), prepared);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs, output);
        }
        else
        {
            Run<double>(inputs, output);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        TFunction.Pullback(inputs, output, upstream, input);

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<double> arguments = stackalloc double[MostInputs];
        Span<T> result = output.Write<T>();
        for (int i = 0; i < result.Length; i++)
        {
            for (int k = 0; k < inputs.Length; k++)
            {
                arguments[k] = double.CreateTruncating(inputs[k].Read<T>()[i]);
            }
            result[i] = T.CreateTruncating(TFunction.Of(arguments[..inputs.Length]));
        }
    }
}
