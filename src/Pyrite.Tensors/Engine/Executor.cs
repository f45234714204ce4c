namespace Pyrite.Engine;

/// <summary>The one door through which every operation passes: compute or defer, remember for the gradient.</summary>
internal static class Executor
{
    /// <summary>Runs or records an operation and links its result into the gradient graph where an input is tracked.</summary>
    public static Tensor Apply<TOperation>(in TOperation operation, in TensorSpec spec, params ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        IStepRecorder? recorder = StepScope.Watching;
        Tensor output;
        if (recorder is not null)
        {
            output = OperationDoor<TOperation>.Instance.Apply(recorder, operation, spec, inputs, isAlias: false);
        }
        else
        {
            output = Tensor.Allocate(spec);
            operation.Execute(inputs, output);
        }
        if (recorder is null)
        {
            Track(operation, output, inputs);
        }
        if (AnomalyMode.IsOn)
        {
            AnomalyMode.CheckForward(operation.Name, inputs, output);
        }
        return output;
    }

    /// <summary>The same for an operation whose result shares its input's memory.</summary>
    public static Tensor ApplyAlias<TOperation>(in TOperation operation, in TensorSpec spec, Tensor input)
        where TOperation : struct, IAliasOperation
    {
        if (StepScope.Watching is { } recorder)
        {
            return OperationDoor<TOperation>.Instance.Apply(recorder, operation, spec, [input], isAlias: true);
        }
        Tensor output = Tensor.Alias(input, spec);
        Track(operation, output, [input]);
        return output;
    }

    /// <summary>Issues an operation of a recording on other inputs.</summary>
    public static Tensor ApplyAgain<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, bool isAlias)
        where TOperation : struct, IOperation
    {
        if (!isAlias)
        {
            return Apply(operation, spec, inputs);
        }
        if (StepScope.Watching is { } recorder)
        {
            return OperationDoor<TOperation>.Instance.Apply(recorder, operation, spec, inputs, isAlias: true);
        }
        Tensor output = Tensor.Alias(inputs[0], spec);
        Track(operation, output, inputs);
        return output;
    }

    /// <summary>Links a result into the gradient graph where an input is tracked.</summary>
    internal static void Track<TOperation>(in TOperation operation, Tensor output, ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        if (IsTracked(output.DType, inputs))
        {
            StepScope.Watching?.Gradients.BuildNodes();
            output.Node = new OperationNode<TOperation>(operation, inputs.ToArray(), output);
        }
    }

    /// <summary>Whether gradients shall flow from a result of this type to its inputs.</summary>
    internal static bool IsTracked(DType type, ReadOnlySpan<Tensor> inputs)
    {
        foreach (Tensor input in inputs)
        {
            if (input.RequiresGradient)
            {
                return type.IsFloatingPoint && NoGradient.IsOff;
            }
        }
        return false;
    }
}
