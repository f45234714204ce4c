namespace Pyrite;

/// <summary>Passes over the parameters of an optimizer.</summary>
public static class UpdatePasses
{
    extension<TRule>(UpdatePass<TRule> pass) where TRule : struct, IUpdateRule
    {
        /// <summary>Puts an update down for the pass, with the first three tensors that are remembered about its parameter.</summary>
        /// <param name="update">What the optimizer was given.</param>
        /// <param name="rule">How elements change.</param>
        public void Add(in ParameterUpdate update, in TRule rule)
        {
            ParameterState state = update.State;
            pass.Add(update.Parameter, update.Gradient, rule, state.Count > 0 ? state[0] : null, state.Count > 1 ? state[1] : null,
                state.Count > 2 ? state[2] : null);
        }
    }
}
