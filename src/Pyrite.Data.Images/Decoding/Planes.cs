namespace Pyrite.Decoding;

/// <summary>The pixels of an image: channel after channel, row after row.</summary>
internal sealed record Planes(byte[] Bytes, int Channels, int Rows, int Columns);
