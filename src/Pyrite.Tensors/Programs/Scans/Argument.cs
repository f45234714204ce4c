using Pyrite.Engine;

namespace Pyrite.Programs.Scans;

/// <summary>An argument of a body as a result of its step, so that reading its value is noticed.</summary>
internal readonly record struct Argument : IAliasOperation
{
    public string Name => "argument";

    /// <summary>The same elements as a result of the open step.</summary>
    public static Tensor Of(Tensor variable) =>
        Executor.ApplyAlias(default(Argument), new TensorSpec(variable.Shape, variable.DType, variable.Layout), variable);

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => upstream;
}
