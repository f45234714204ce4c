using static Pyrite.Primitives;

namespace Pyrite.Extensions.Inference;

/// <summary>An automatic guide with heavy tails: unconstrained numbers follow Student's t, each with degrees of freedom of its own.</summary>
internal sealed class AutoStudentT<T>(Action<T> model, GuideStart? start = null) : AutoJointGuide<T>(model, start)
{
    /// <summary>The degrees of freedom of each unconstrained number.</summary>
    public Tensor Df(ParamStore? parameters) => With(parameters, () => Df().Keep());

    protected override Distribution Posterior() => new StudentT(Df(), Param($"{Prefix}.loc", StartVector),
        Param($"{Prefix}.scale", () => Tensor.Full([Size], 0.3, StartVector.DType), Constraints.Positive), validate: false).ToEvent(1);

    private Tensor Df() => Param($"{Prefix}.df", () => Tensor.Full([Size], 10, StartVector.DType), Constraints.Positive);
}
