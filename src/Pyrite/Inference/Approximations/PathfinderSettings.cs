namespace Pyrite.Inference.Approximations;

/// <summary>How paths are made.</summary>
/// <param name="History">How many pairs L-BFGS keeps.</param>
/// <param name="MaxIterations">The most steps of a path.</param>
/// <param name="ElboDraws">Draws for each ELBO.</param>
/// <param name="Draws">Draws of each path.</param>
internal sealed record PathfinderSettings(int History, int MaxIterations, int ElboDraws, int Draws);
