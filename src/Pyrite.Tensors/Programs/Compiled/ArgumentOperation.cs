using Pyrite.Engine;

namespace Pyrite.Programs.Compiled;

/// <summary>An argument of a recorded function or body as a result of its program, so that reading its value is noticed.</summary>
internal readonly record struct ArgumentOperation : IAliasOperation
{
    public string Name => "argument";

    /// <summary>The same elements as a result of the open step.</summary>
    public static Tensor Of(Tensor variable) =>
        Executor.ApplyAlias(default(ArgumentOperation), new TensorSpec(variable.Shape, variable.DType, variable.Layout), variable);

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => upstream;
}
