namespace Pyrite.Extensions.Inference;

/// <summary>An upper bound of the log evidence, ½ log E[(p(x, z) / q(z))²]: minimizing it makes guides that cover the posterior.</summary>
/// <remarks>Dieng, Tran, Ranganath, Paisley and Blei, "Variational inference via χ upper bound minimization" (2017), equation 4. For reparameterized
/// draws; the logarithm of a mean over few runs lies below that of the expectation.</remarks>
internal sealed class ChiSquareBound(int particles) : Elbo(particles)
{
    protected override ElboTerm Evaluate(ElboStep step)
    {
        Tensor logWeights = Tensor.Stack([.. step.Runs.Select(run => run.Model.LogProb() - run.Guide.LogProb())]);
        Tensor bound = 0.5 * ((2 * logWeights).LogSumExp(0) - Math.Log(step.Runs.Count));
        return new ElboTerm(bound, bound);
    }
}
