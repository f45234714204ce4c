namespace Pyrite.Language.Sites;

/// <summary>Which step of a loop of <see cref="Primitives.Markov"/> a site is stated in.</summary>
/// <param name="Loop">Stands for one walk through the loop.</param>
/// <param name="Number">The step.</param>
/// <param name="History">How many steps back the model promises to look.</param>
internal sealed record MarkovStep(object Loop, int Number, int History);
