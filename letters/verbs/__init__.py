"""What a person does, a module each: values in, values out; no paths, no clock."""
