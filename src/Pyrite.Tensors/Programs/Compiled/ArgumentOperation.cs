using Pyrite.Engine;

namespace Pyrite.Programs.Compiled;

/// <summary>An argument of a recorded function as a result of its program, so that reading its value is noticed.</summary>
internal readonly record struct ArgumentOperation : IAliasOperation
{
    public string Name => "argument";

    public static Tensor Of(Tensor variable) =>
        Executor.ApplyAlias(default(ArgumentOperation), new TensorSpec(variable.Shape, variable.DType), variable);

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => upstream;
}
