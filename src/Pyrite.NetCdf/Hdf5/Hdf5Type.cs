namespace Pyrite.Hdf5;

/// <summary>The types of numbers and texts that the file holds, as HDF5 describes them (file format specification, section IV.A.2.d).</summary>
/// <param name="Size">The bytes of one element.</param>
/// <param name="Message">The description.</param>
internal sealed record Hdf5Type(int Size, byte[] Message)
{
    /// <summary>Float64, little endian.</summary>
    public static readonly Hdf5Type Float64 =
        new(8, [0x11, 0x20, 63, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 0xff, 0x03, 0, 0]);

    /// <summary>Int64, little endian.</summary>
    public static readonly Hdf5Type Int64 = new(8, [0x10, 0x08, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0]);

    /// <summary>Int32, little endian.</summary>
    public static readonly Hdf5Type Int32 = new(4, [0x10, 0x08, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0]);

    /// <summary>Int8, which stands for truth values.</summary>
    public static readonly Hdf5Type Int8 = new(1, [0x10, 0x08, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0]);

    /// <summary>A UTF-8 text of any length, in the global heap.</summary>
    public static readonly Hdf5Type Text = new(16, [0x19, 0x01, 0x01, 0, 16, 0, 0, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0]);

    /// <summary>References to objects, any number of them, in the global heap.</summary>
    public static readonly Hdf5Type References = new(16, [0x19, 0, 0, 0, 16, 0, 0, 0, 0x17, 0, 0, 0, 8, 0, 0, 0]);

    /// <summary>A reference to an object, and which of its dimensions.</summary>
    public static readonly Hdf5Type ReferenceWithDimension =
        new(16,
            [
                0x36, 2, 0, 0, 16, 0, 0, 0,
                .. "dataset\0"u8, 0, 0x17, 0, 0, 0, 8, 0, 0, 0,
                .. "dimension\0"u8, 8, 0x10, 0, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0,
            ]);

    /// <summary>An ASCII text with a zero at its end.</summary>
    public static Hdf5Type Ascii(int size) => new(size, [0x13, 0, 0, 0, (byte)size, (byte)(size >> 8), 0, 0]);

    /// <summary>A UTF-8 text of as many bytes.</summary>
    public static Hdf5Type Utf8(int size) => new(size, [0x13, 0x11, 0, 0, (byte)size, (byte)(size >> 8), 0, 0]);
}
