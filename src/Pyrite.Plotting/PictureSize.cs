namespace Pyrite.Plotting;

/// <summary>The size of a picture in pixels at density 1, and how many pixels PNG files have for one of these.</summary>
internal readonly record struct PictureSize(int Width, int Height, int Density);
