namespace Pyrite.Engine;

/// <summary>The gradient graph of a step, and the calls for gradients that earlier steps have made before.</summary>
internal interface IStepGradients
{
    /// <summary>The vertex of the gradient graph that belongs to an operation of the step.</summary>
    GradientNode NodeOf(int index);

    /// <summary>Makes the gradient graph of all operations so far, in their order.</summary>
    void BuildNodes();

    /// <summary>The gradients of an earlier step's call that equals this one; null if there is none.</summary>
    /// <param name="output">What is differentiated.</param>
    /// <param name="variables">The wanted variables.</param>
    /// <param name="keepsGraph">Whether the gradients are tracked themselves.</param>
    /// <param name="namesParameters">Whether parameters that are not wanted are to be listed.</param>
    Tensor?[]? Replay(Tensor output, ReadOnlySpan<Tensor> variables, bool keepsGraph, bool namesParameters);

    /// <summary>Where a call for gradients starts, for <see cref="Remember"/>: the operations and the tensors from outside so far.</summary>
    (int Start, int OutsideCount) StartCall();

    /// <summary>Remembers a call for gradients whose operations have just been issued, if it depends on nothing but this step.</summary>
    void Remember((int Start, int OutsideCount) call, Tensor output, ReadOnlySpan<Tensor> variables, bool keepsGraph,
        ReadOnlySpan<Tensor?> gradients);
}
