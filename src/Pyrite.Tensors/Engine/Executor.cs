using Pyrite.Autodiff;

namespace Pyrite.Engine;

/// <summary>The one door through which every operation passes: allocate, compute, remember for the gradient.</summary>
internal static class Executor
{
    /// <summary>Runs an operation and links its result into the gradient graph where an input is tracked.</summary>
    public static Tensor Apply<TOperation>(in TOperation operation, in TensorSpec spec, params ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        Tensor output = Tensor.Allocate(spec);
        operation.Execute(inputs, output);
        if (AnomalyMode.IsOn)
        {
            AnomalyMode.CheckForward(operation.Name, inputs, output);
        }
        Track(operation, output, inputs);
        return output;
    }

    /// <summary>Links a finished output into the gradient graph where an input is tracked.</summary>
    public static void Track<TOperation>(in TOperation operation, Tensor output, ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        if (!output.DType.IsFloatingPoint || !NoGradient.IsOff)
        {
            return;
        }
        foreach (Tensor input in inputs)
        {
            if (input.Node is not null)
            {
                output.Node = new OperationNode<TOperation>(operation, inputs.ToArray(), output);
                return;
            }
        }
    }
}
