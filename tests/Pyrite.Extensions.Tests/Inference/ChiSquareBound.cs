namespace Pyrite.Extensions.Inference;

/// <summary>An upper bound of the log evidence, ½ log E[(p(x, z) / q(z))²]: minimizing it makes guides that cover the posterior.</summary>
/// <remarks>Dieng, Tran, Ranganath, Paisley and Blei, "Variational inference via χ upper bound minimization" (2017), equation 4. For reparameterized
/// draws; the logarithm of a mean over few runs lies below that of the expectation. The gradient is minus that through the draws alone, which is
/// the same in expectation and vanishes where the guide is the posterior (Tucker, Lawson, Gu and Maddison, 2019).</remarks>
internal sealed class ChiSquareBound(int particles) : Elbo(particles)
{
    protected override ElboTerm Evaluate(ElboStep step)
    {
        Tensor[] logWeights = [.. step.Runs.Select(run => run.Model.LogProb() - step.WithoutParameters(run).LogProb())];
        Tensor bound = 0.5 * ((2 * Tensor.Stack(logWeights)).LogSumExp(0) - Math.Log(logWeights.Length));
        return new ElboTerm(bound, -bound);
    }
}
