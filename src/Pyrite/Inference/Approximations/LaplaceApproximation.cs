using Pyrite.Inference.Approximations;

namespace Pyrite;

/// <summary>Laplace's approximation: the mode of the posterior and the Normal distribution of its curvature, on the unconstrained side.</summary>
/// <remarks>Tierney and Kadane, "Accurate approximations for posterior moments and marginal densities" (1986). The mode is that of the density of the
/// unconstrained numbers, volume changes included, as Stan's <c>laplace</c> with its Jacobian. <see cref="AutoLaplace{T}"/> is the same as a guide.
/// Written <c>Laplace.Run(model)</c>.</remarks>
public static class LaplaceApproximation
{
    extension(Laplace)
    {
        /// <summary>Approximates the posterior of a model.</summary>
        /// <param name="model">The model: a pure function of its latent sites; discrete ones are summed out.</param>
        /// <param name="starts">From how many places the mode is searched; the highest counts.</param>
        /// <param name="seed">Decides the starts.</param>
        /// <param name="maxIterations">The most steps of a search.</param>
        /// <param name="start">Where searches begin; uniform from -2 to 2 if not given.</param>
        /// <exception cref="ModelException">The model is wrong, or no finite start was found.</exception>
        /// <exception cref="InvalidOperationException">No search ended at a maximum; the message says which site is to blame.</exception>
        public static LaplaceResult Run(Action model, int starts = 4, ulong seed = 0, int maxIterations = 1_000, InitialValues? start = null)
        {
            InitialValues first = start ?? InitialValues.Uniform;
            return Run(Potential.Of(model, seed, first), starts, seed, maxIterations, first);
        }

        /// <summary>Approximates the density of a potential.</summary>
        /// <param name="potential">The log-density.</param>
        /// <param name="starts">From how many places the mode is searched; the highest counts.</param>
        /// <param name="seed">Decides the starts.</param>
        /// <param name="maxIterations">The most steps of a search.</param>
        /// <param name="start">Where searches begin; uniform from -2 to 2 if not given.</param>
        /// <exception cref="ModelException">No finite start was found.</exception>
        /// <exception cref="InvalidOperationException">No search ended at a maximum; the message says which site is to blame.</exception>
        public static LaplaceResult Run(Potential potential, int starts = 4, ulong seed = 0, int maxIterations = 1_000, InitialValues? start = null)
        {
            ArgumentNullException.ThrowIfNull(potential);
            ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(maxIterations, 1);
            RandomKey key = RandomKey.FromSeed(seed).Child("laplace");
            InitialValues first = start ?? InitialValues.Uniform;
            ModeSearch? best = null, worst = null;
            int atBest = 0;
            for (int i = 0; i < starts; i++)
            {
                ModeSearch search = ModeSearch.From(potential, first.Choose(potential, i, key.Child(i)), maxIterations);
                if (search.Factor is null || !search.Path.IsConverged)
                {
                    worst ??= search;
                    continue;
                }
                bool isSame = best is not null && Math.Abs(search.LogDensity - best.LogDensity) < 1e-6 * (1 + Math.Abs(best.LogDensity));
                atBest = isSame ? atBest + 1 : best is null || search.LogDensity > best.LogDensity ? 1 : atBest;
                best = best is null || search.LogDensity > best.LogDensity ? search : best;
            }
            return best is null ? throw Refusal(potential, worst!) : new LaplaceResult(potential, best, atBest, starts);
        }
    }

    private static InvalidOperationException Refusal(Potential potential, ModeSearch search)
    {
        int size = search.Mode.Length, worst = 0;
        for (int i = 1; i < size; i++)
        {
            double here = search.Curvature[(i * size) + i], least = search.Curvature[(worst * size) + worst];
            worst = double.IsNaN(here) || here < least ? i : worst;
        }
        PotentialSite site = potential.Sites.Last(one => one.Offset <= worst);
        return new InvalidOperationException(FormattableString.Invariant(
            $"A Laplace approximation needs a maximum of the density. The search ended after {search.Path.Steps} steps ")
            + FormattableString.Invariant($"because {search.Path.Ending}, at log-density {search.LogDensity:G6}; the density bends down least along ")
            + FormattableString.Invariant($"number {worst - site.Offset} of site \"{site.Name}\" (curvature ")
            + FormattableString.Invariant($"{search.Curvature[(worst * size) + worst]:G3}, value {search.Mode[worst]:G6} ")
            + "unconstrained). Give it a proper prior, start elsewhere, allow more iterations, or use Mcmc.Run.");
    }
}
